"""Firm and candidate are reminded of the gaps. A reminder is a row, so it goes out once."""

import logging
from datetime import datetime, timedelta

from django.db import transaction

from apps.audit.services import record
from apps.core.actor import Actor
from apps.core.clock import civil_date
from apps.core.errors import NotPermitted
from apps.core.working_days import working_day_from
from apps.outbox.services import enqueue
from apps.registrations import events
from apps.registrations.enums import State
from apps.registrations.models import GapReminder, Registration
from apps.registrations.selectors.gaps import due_mark, open_gap_list, remind_marks, reminders_of
from apps.registrations.services.steps import lock_registration
from apps.registrations.services.telling import give_full_days, move_last_day
from apps.rules.selectors import working_calendar

logger = logging.getLogger(__name__)


def remind_of_gaps(*, actor: Actor, now: datetime) -> int:
    """Write every reminder that is due and was not written; each in its own transaction. Returns how many."""
    if not actor.is_system:
        raise NotPermitted
    waiting = Registration.objects.filter(state=State.GAPS).order_by("decide_by", "id")
    written = 0
    for registration_id in list(waiting.values_list("pk", flat=True)):
        try:
            written += remind_firm(actor=actor, registration_id=registration_id, now=now) is not None
        except Exception:
            logger.exception("reminder of %s", registration_id)  # the others are reminded nevertheless
    return written


@transaction.atomic
def remind_firm(*, actor: Actor, registration_id, now: datetime) -> GapReminder | None:
    """The reminder that is due, if it was not written. The last one leaves the days that it speaks of: where it comes
    late, because the scheduler was off, the last day moves on, and the case ends no earlier."""
    registration, today = lock_registration(registration_id), civil_date(now)
    gap_list = open_gap_list(registration)
    if gap_list is None:
        return None
    give_full_days(registration, gap_list)
    mark = due_mark(registration, gap_list, today=today)
    if mark is None or reminders_of(gap_list).filter(days=mark).exists():
        return None
    if mark == remind_marks(registration, gap_list)[-1] and (gap_list.answer_by - today).days < mark:
        move_last_day(registration, gap_list, working_day_from(working_calendar(), today + timedelta(days=mark)))
    reminder = GapReminder.objects.create(
        gap_list=gap_list, tellings=gap_list.tellings, days=mark, last_on=gap_list.answer_by, at=now
    )
    after = {"days": mark, "answer_by": gap_list.answer_by.isoformat()}
    record(actor, events.GAPS_REMINDED, registration, now=now, after=after, case=registration.reference)
    payload = {"registration_id": str(registration.pk), "reference": registration.reference}
    enqueue(events.GAPS_REMINDED, payload | {"reminder_id": str(reminder.pk)}, now=now)
    return reminder
