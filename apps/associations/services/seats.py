"""Seats are granted, moved, ended, and looked at again each quarter."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.accounts.enums import NATIONAL_CODE, Role
from apps.accounts.policies import NATIONAL_ROLES, SEPARATE_ROLES
from apps.accounts.services import lock_user
from apps.associations.models import Seat
from apps.associations.policies import can_grant_seats
from apps.associations.selectors import roles_held
from apps.audit.services import record
from apps.core.actor import Actor
from apps.core.clock import civil_date
from apps.core.errors import NotPermitted, RequirementsMissing, refuse_if


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
    refuse_if(missing_for_seat(user_id, association_code, role, from_on, to_on))
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


def missing_for_seat(user_id: int, association_code: str, role: str, from_on: date, to_on: date | None = None) -> list:
    """What forbids this seat, a sentence each."""
    missing = []
    if to_on is not None and to_on < from_on:
        missing.append(_("席位的最后一天不能早于起始日。"))
    if role in NATIONAL_ROLES and association_code != NATIONAL_CODE:
        missing.append(_("“%(role)s”是全国性席位，只能设在中国注册会计师协会。") % {"role": Role(role).label})
    if role in SEPARATE_ROLES and roles_held(user_id, from_on, to_on) & (SEPARATE_ROLES - {role}):
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


@transaction.atomic
def move_seat(*, actor: Actor, seat_id, association_code: str, role: str, from_on: date, now: datetime) -> Seat:
    """The same officer at another association or in another role from a day on, tomorrow or later.

    The old seat ends on the day before, so that there is never a day with both and never one with neither.
    """
    if from_on <= civil_date(now):
        raise RequirementsMissing([_("新席位最早从明天开始：今天仍按原席位办理。")])
    old = end_seat(actor=actor, seat_id=seat_id, last_on=from_on - timedelta(days=1), now=now)
    return grant_seat(
        actor=actor,
        user_id=old.user_id,
        association_code=association_code,
        role=role,
        from_on=from_on,
        now=now,
    )


@transaction.atomic
def review_seats(*, actor: Actor, seat_ids: Iterable, now: datetime) -> list[Seat]:
    """Somebody has looked at these seats and found that they are still needed; each quarter anew. Own ones are left
    to a colleague, so they do not appear in the answer."""
    seats = Seat.objects.select_for_update(of=("self",)).filter(pk__in=list(seat_ids)).order_by("pk")
    kept = [seat for seat in seats if can_grant_seats(actor, to_user_id=seat.user_id)]
    for seat in kept:
        seat.reviewed_at, seat.reviewed_by_label = now, actor.label
        seat.save(update_fields=["reviewed_at", "reviewed_by_label"])
        record(actor, "seat.reviewed", seat, now=now, after=_listed(seat))
    return kept


def _listed(seat: Seat) -> dict:
    return {
        "user_id": seat.user_id,
        "association": seat.association_id,
        "role": seat.role,
        "from_on": seat.from_on.isoformat(),
        "to_on": seat.to_on and seat.to_on.isoformat(),
    }
