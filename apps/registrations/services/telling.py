"""Whether the firm knows of the gaps: somebody opens the case, an officer phones, or writes once more."""

from datetime import datetime, timedelta

from django.db import transaction

from apps.audit.services import record
from apps.core.actor import Actor
from apps.core.clock import civil_date
from apps.core.errors import NotPermitted, TransitionRefused
from apps.outbox.services import enqueue
from apps.registrations import events
from apps.registrations.models import GapList, Registration
from apps.registrations.policies import can_check, can_see_for_firm
from apps.registrations.selectors.gaps import open_gap_list, told_at
from apps.registrations.services.checking import answer_deadline
from apps.registrations.services.deadlines import set_deadline
from apps.registrations.services.steps import lock_registration, open_case


@transaction.atomic
def note_gaps_opened(*, actor: Actor, registration_id, now: datetime) -> None:
    """Somebody of the firm sees what is asked."""
    registration = lock_registration(registration_id)
    if not can_see_for_firm(actor, registration):
        raise NotPermitted
    gap_list = open_gap_list(registration)
    if gap_list is None or gap_list.opened_at:
        return
    gap_list.opened_at = now
    gap_list.save(update_fields=["opened_at"])
    record(actor, "registration.gaps_opened", registration, now=now, case=registration.reference)


@transaction.atomic
def record_gaps_call(*, actor: Actor, registration_id, version: int, now: datetime) -> Registration:
    """An officer has told the firm on the phone. The days to answer begin with this day: it knows only now."""
    registration, gap_list = _unreached(actor, registration_id, version)
    gap_list.told_at, gap_list.told_by_label = now, actor.label
    _renew(registration, gap_list, now=now)
    _record(actor, "registration.gaps_told_by_phone", registration, gap_list, now=now)
    return registration


@transaction.atomic
def tell_gaps_again(*, actor: Actor, registration_id, version: int, now: datetime) -> Registration:
    """Write once more, to the firm's head too, with new days to answer."""
    registration, gap_list = _unreached(actor, registration_id, version)
    _renew(registration, gap_list, now=now)
    _record(actor, events.GAPS_TOLD_AGAIN, registration, gap_list, now=now)
    payload = {"registration_id": str(registration.pk), "reference": registration.reference}
    enqueue(events.GAPS_TOLD_AGAIN, payload, now=now)
    return registration


def give_full_days(registration: Registration, gap_list: GapList) -> None:
    """A firm that was told later than on the next day has the full days from then. The caller holds the case's lock;
    the last day only ever moves on."""
    moment = told_at(registration, gap_list)
    if moment is None or civil_date(moment) <= civil_date(gap_list.requested_at) + timedelta(days=1):
        return
    deadline = answer_deadline(registration, asked_on=civil_date(moment))
    if deadline > gap_list.answer_by:
        move_last_day(registration, gap_list, deadline)


def move_last_day(registration: Registration, gap_list: GapList, day) -> None:
    gap_list.answer_by = day
    gap_list.save(update_fields=["answer_by"])
    set_deadline(registration)
    registration.save(update_fields=["decide_by", "decide_by_provisional"])


def _unreached(actor: Actor, registration_id, version: int) -> tuple[Registration, GapList]:
    registration = open_case(actor, registration_id, version, can_check)
    gap_list = open_gap_list(registration)
    if gap_list is None or told_at(registration, gap_list):
        raise TransitionRefused
    return registration, gap_list


def _renew(registration: Registration, gap_list: GapList, *, now: datetime) -> None:
    gap_list.tellings += 1
    gap_list.save()
    deadline = answer_deadline(registration, asked_on=civil_date(now))
    move_last_day(registration, gap_list, max(gap_list.answer_by, deadline))


def _record(actor: Actor, action: str, registration: Registration, gap_list: GapList, *, now: datetime) -> None:
    after = {"answer_by": gap_list.answer_by.isoformat(), "round": gap_list.round}
    record(actor, action, registration, now=now, after=after, case=registration.reference)
