"""Seats are granted and ended; the bodies themselves are reference data."""

import json
from datetime import date, datetime
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.accounts.enums import NATIONAL_CODE, Role
from apps.accounts.policies import NATIONAL_ROLES, SEPARATE_ROLES
from apps.accounts.services import account_for_email, lock_user
from apps.associations.models import Association, Seat
from apps.associations.policies import can_grant_seats
from apps.associations.selectors import holders_of, seats_on
from apps.audit.services import record
from apps.core.actor import Actor
from apps.core.clock import civil_date
from apps.core.errors import NotPermitted, PortalError, RequirementsMissing
from apps.mail.services import send_mail

REFERENCE = Path(__file__).parent / "reference" / "associations.json"
EDITED_HERE = {"phone", "hours", "english_hours"}
"""What an installation keeps once it is filled in; the rest follows the reference file."""


@transaction.atomic
def grant_seat(
    *,
    actor: Actor,
    user_id: int,
    association_code: str,
    role: str,
    from_on: date,
    now: datetime,
    to_on: date | None = None,
) -> Seat:
    """Give somebody a role at an association. Returns the open seat of that kind if there is one already."""
    lock_user(user_id)
    if not can_grant_seats(actor, to_user_id=user_id):
        raise NotPermitted
    if missing := missing_for_seat(user_id, association_code, role, from_on):
        raise RequirementsMissing(missing)
    open_seat = Seat.objects.filter(
        user_id=user_id, association_id=association_code, role=role, to_on__isnull=True
    ).first()
    if open_seat and to_on is None:
        return open_seat
    seat = Seat.objects.create(
        user_id=user_id,
        association_id=association_code,
        role=role,
        from_on=from_on,
        to_on=to_on,
        granted_at=now,
        granted_by_label=actor.label,
    )
    record(actor, "seat.granted", seat, now=now, after=_listed(seat))
    return seat


def missing_for_seat(user_id: int, association_code: str, role: str, from_on: date) -> list:
    """What forbids this seat, a sentence each."""
    missing = []
    if role in NATIONAL_ROLES and association_code != NATIONAL_CODE:
        missing.append(_("“%(role)s”是全国性席位，只能设在中国注册会计师协会。") % {"role": Role(role).label})
    held = {seat.role for seat in seats_on(user_id, from_on)}
    if role in SEPARATE_ROLES and held & (SEPARATE_ROLES - {role}):
        missing.append(_("系统管理员、审计员、安全管理员必须由不同的人担任，请先终止此人的另一席位。"))
    return missing


@transaction.atomic
def end_seat(*, actor: Actor, seat_id, last_on: date, now: datetime) -> Seat:
    """The seat's last day; one that lies in the past is not accepted."""
    seat = Seat.objects.select_for_update(of=("self",)).get(pk=seat_id)
    if not can_grant_seats(actor, to_user_id=seat.user_id):
        raise NotPermitted
    if last_on < civil_date(now) or last_on < seat.from_on:
        raise RequirementsMissing([_("席位的最后一天不能早于今天，也不能早于起始日。")])
    before = _listed(seat)
    seat.to_on = last_on
    seat.save(update_fields=["to_on"])
    record(actor, "seat.ended", seat, now=now, before=before, after=_listed(seat))
    return seat


class FirstAdministratorExists(PortalError):
    code = "first_administrator_exists"


@transaction.atomic
def make_first_administrator(*, email: str, display_name: str, language: str, now: datetime) -> Seat:
    """An account without a password, the administrator's seat, and a mail that says how to begin. Once."""
    national = Association.objects.select_for_update().get(pk=NATIONAL_CODE)
    if holders_of(Role.ADMINISTRATOR, national.pk, civil_date(now)):
        raise FirstAdministratorExists
    user = account_for_email(email=email, display_name=display_name, language=language, now=now)
    seat = grant_seat(
        actor=Actor.system("make_first_administrator"),
        user_id=user.pk,
        association_code=national.pk,
        role=Role.ADMINISTRATOR,
        from_on=civil_date(now),
        now=now,
    )
    send_mail(
        template="accounts/invitation",
        to=user.email,
        context={"email": user.email},
        language=language,
        purpose="account.invitation",
        now=now,
    )
    return seat


def _listed(seat: Seat) -> dict:
    return {
        "user_id": seat.user_id,
        "association": seat.association_id,
        "role": seat.role,
        "from_on": seat.from_on.isoformat(),
        "to_on": seat.to_on and seat.to_on.isoformat(),
    }


def load_reference_data(*, now: datetime) -> None:
    """The 33 bodies. Phones and hours that an installation has filled in are left alone."""
    rows = [Association(**row) for row in json.loads(REFERENCE.read_text(encoding="utf-8"))]
    followed = [f.name for f in Association._meta.fields if f.name not in EDITED_HERE | {"code"}]
    Association.objects.bulk_create(rows, update_conflicts=True, unique_fields=["code"], update_fields=followed)
