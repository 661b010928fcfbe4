"""Seats at firms: the association's staff appoint the head, the head names and ends agents."""

from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.accounts.selectors import normalise_email
from apps.accounts.services import account_for_email
from apps.audit.services import record
from apps.core.actor import Actor
from apps.core.clock import civil_date
from apps.core.errors import NotPermitted, RequirementsMissing
from apps.firms.enums import FirmRole
from apps.firms.models import Firm, FirmSeat
from apps.firms.policies import can_appoint_head, can_name_agents
from apps.mail.services import send_mail


@transaction.atomic
def appoint_head(*, actor: Actor, firm_id, email: str, name: str, language: str, now: datetime) -> FirmSeat:
    """Make somebody the firm's head from today. Today is the last day of the head before.

    Whoever is the head already stays so: a repeated call changes nothing.
    """
    firm = lock_firm(firm_id)
    if not can_appoint_head(actor, firm):
        raise NotPermitted
    _refuse_unless_open(firm)
    seat = firm.seats.filter(role=FirmRole.HEAD, to_on__isnull=True).select_related("user").first()
    if seat and seat.user.email == normalise_email(email):
        return seat
    if seat:
        _end(seat, actor=actor, last_on=civil_date(now), now=now)
    return _grant(firm, FirmRole.HEAD, actor=actor, email=email, name=name, language=language, now=now)


@transaction.atomic
def name_agent(*, actor: Actor, firm_id, email: str, name: str, language: str, now: datetime) -> FirmSeat:
    """The head names an agent from today; one that is named already stays so."""
    firm = lock_firm(firm_id)
    if not can_name_agents(actor, firm):
        raise NotPermitted
    _refuse_unless_open(firm)
    known = firm.seats.filter(role=FirmRole.AGENT, to_on__isnull=True, user__email=normalise_email(email)).first()
    return known or _grant(firm, FirmRole.AGENT, actor=actor, email=email, name=name, language=language, now=now)


@transaction.atomic
def end_firm_seat(*, actor: Actor, firm_id, seat_id, now: datetime) -> FirmSeat:
    """Today is the seat's last day. The head ends agents, the association's staff end the head."""
    firm = lock_firm(firm_id)
    seat = firm.seats.select_for_update(of=("self",)).select_related("user").get(pk=seat_id)
    allowed = can_appoint_head if seat.role == FirmRole.HEAD else can_name_agents
    if not allowed(actor, firm):
        raise NotPermitted
    if seat.to_on is None:
        _end(seat, actor=actor, last_on=civil_date(now), now=now)
    return seat


def lock_firm(firm_id) -> Firm:
    return Firm.objects.select_for_update(of=("self",)).get(pk=firm_id)


def _refuse_unless_open(firm: Firm) -> None:
    if not firm.is_open:
        raise RequirementsMissing([_("这家事务所已终止，不能再设定席位。请先核对事务所名册。")])


def _grant(firm: Firm, role: str, *, actor: Actor, email: str, name: str, language: str, now: datetime) -> FirmSeat:
    user = account_for_email(email=email, language=language, display_name=name, now=now)
    if not user.display_name:
        user.display_name = name
        user.save(update_fields=["display_name"])
    seat = FirmSeat.objects.create(
        user=user,
        firm=firm,
        role=role,
        from_on=civil_date(now),
        granted_at=now,
        granted_by_label=actor.label,
    )
    record(actor, "firm_seat.granted", seat, now=now, after=_listed(seat))
    if not actor.is_system:
        _invite(seat, now=now)
    return seat


def _end(seat: FirmSeat, *, actor: Actor, last_on: date, now: datetime) -> None:
    before = _listed(seat)
    seat.to_on = max(last_on, seat.from_on)
    seat.save(update_fields=["to_on"])
    record(actor, "firm_seat.ended", seat, now=now, before=before, after=_listed(seat))


def _invite(seat: FirmSeat, *, now: datetime) -> None:
    send_mail(
        template="firms/seat",
        to=seat.user.email,
        context={"firm": seat.firm.name, "role": FirmRole(seat.role).label, "page": f"{settings.PUBLIC_URL}/firm/"},
        language=seat.user.language,
        purpose="firm.seat",
        now=now,
    )


def _listed(seat: FirmSeat) -> dict:
    return {
        "user_id": seat.user_id,
        "firm": seat.firm.code,
        "role": seat.role,
        "from_on": seat.from_on.isoformat(),
        "to_on": seat.to_on and seat.to_on.isoformat(),
    }
