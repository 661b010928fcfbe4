"""Applicants are reminded of what waits for them: a draft, a correction. A reminder is a row, so it goes out once."""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.db import transaction

from apps.applicants import events
from apps.applicants.enums import ReminderKind, State
from apps.applicants.models import Application, Reminder
from apps.applicants.selectors.corrections import open_correction
from apps.applicants.selectors.reminders import (
    correction_marks,
    correction_occasion,
    draft_marks,
    draft_occasion,
    due_correction_mark,
    due_draft_mark,
    erasure_day,
    old_drafts,
    reminders_of,
)
from apps.applicants.services.deadlines import set_deadline
from apps.applicants.services.steps import lock_application
from apps.applicants.services.telling import give_full_days
from apps.audit.services import record
from apps.core.actor import Actor
from apps.core.clock import civil_date
from apps.core.errors import NotPermitted
from apps.core.working_days import working_day_from
from apps.outbox.services import enqueue
from apps.rules.selectors import working_calendar

logger = logging.getLogger(__name__)


def remind_applicants(*, actor: Actor, now: datetime) -> int:
    """Write every reminder that is due and was not written; each in its own transaction. Returns how many."""
    if not actor.is_system:
        raise NotPermitted
    waiting = Application.objects.filter(state=State.CORRECTION_REQUESTED).order_by("decide_by", "id")
    drafts = old_drafts(today=civil_date(now))
    return _each(drafts, remind_of_draft, actor, now) + _each(waiting, remind_of_correction, actor, now)


def _each(cases, remind: Callable[..., Reminder | None], actor: Actor, now: datetime) -> int:
    ids: Iterable = list(cases.values_list("pk", flat=True))
    written = 0
    for application_id in ids:
        try:
            written += remind(actor=actor, application_id=application_id, now=now) is not None
        except Exception:
            logger.exception("reminder of %s", application_id)  # the others are reminded nevertheless
    return written


@transaction.atomic
def remind_of_correction(*, actor: Actor, application_id, now: datetime) -> Reminder | None:
    """The reminder that is due, if it was not written. The last one leaves the days that it speaks of: where it comes
    late, because the scheduler was off, the last day to answer moves on, and the case ends no earlier."""
    application, today = lock_application(application_id), civil_date(now)
    request = open_correction(application)
    if request is None:
        return None
    give_full_days(application, request)
    mark = due_correction_mark(application, request, today=today)
    if mark is None or reminders_of(request).filter(days=mark).exists():
        return None
    if mark == correction_marks(application, request)[-1] and (request.answer_by - today).days < mark:
        request.answer_by = working_day_from(working_calendar(), today + timedelta(days=mark))
        request.save(update_fields=["answer_by"])
        set_deadline(application)
        application.save(update_fields=["decide_by", "decide_by_provisional"])
    reminder = _write(application, ReminderKind.CORRECTION, correction_occasion(request), mark, request.answer_by, now)
    after = {"days": mark, "answer_by": request.answer_by.isoformat()}
    record(actor, events.CORRECTION_REMINDED, application, now=now, after=after, case=application.reference)
    payload = {"application_id": str(application.pk), "reference": application.reference}
    enqueue(events.CORRECTION_REMINDED, payload | {"reminder_id": str(reminder.pk)}, now=now)
    return reminder


@transaction.atomic
def remind_of_draft(*, actor: Actor, application_id, now: datetime) -> Reminder | None:
    """The reminder that is due, if it was not written. The last one names the day of erasure."""
    draft, today = lock_application(application_id), civil_date(now)
    if draft.state != State.DRAFT:
        return None
    mark, occasion = due_draft_mark(draft, today=today), draft_occasion(draft)
    if mark is None or draft.reminders.filter(occasion=occasion, days__gte=mark).exists():
        return None
    is_last = mark == draft_marks(on=today)[-1]
    last_on = erasure_day(draft, today=today)
    reminder = _write(draft, ReminderKind.DRAFT, occasion, mark, last_on, now)
    record(actor, events.DRAFT_REMINDED, draft, now=now, after={"days": mark, "is_last": is_last})
    enqueue(events.DRAFT_REMINDED, {"application_id": str(draft.pk), "reminder_id": str(reminder.pk)}, now=now)
    return reminder


def _write(application, kind, occasion, days, last_on, now) -> Reminder:
    return Reminder.objects.create(
        application=application, kind=kind, occasion=occasion, days=days, last_on=last_on, at=now
    )
