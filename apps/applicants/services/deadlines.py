"""Until when whoever must act now has to act. Written with each step, recomputed when a calendar changes."""

from datetime import date, datetime

from django.db import transaction

from apps.applicants.enums import OPEN_STATES, BatchState, State
from apps.applicants.models import Application, Batch
from apps.applicants.selectors.clock import application_clock
from apps.core.clock import civil_date
from apps.core.working_days import StatutoryClock, WorkingCalendar
from apps.rules.selectors import rule_value, working_calendar

COUNTED_STATES = frozenset({State.SUBMITTED, State.SENT, State.RETURNED})


def set_deadline(application: Application, *, calendar: WorkingCalendar | None = None) -> None:
    """Fill `decide_by` for the state the case is in. Call it after `take_step`; the caller saves.

    A correction has the applicant's last day; an agreed case waits for the batch, to which no law gives a day.
    """
    application.decide_by, application.decide_by_provisional = None, False
    if application.state == State.CORRECTION_REQUESTED:
        application.decide_by = application.corrections.get(answered_at=None).answer_by
    elif application.state in COUNTED_STATES:
        clock = application_clock(application, calendar or working_calendar())
        application.decide_by = clock.due_on(clock.started_on)
        application.decide_by_provisional = clock.is_provisional


def national_deadline(sent_at: datetime, *, calendar: WorkingCalendar | None = None) -> tuple[date, bool]:
    """The last day for a batch sent at that moment, and whether it is provisional."""
    day = civil_date(sent_at)
    days = rule_value("application.national_days", on=day)
    clock = StatutoryClock(calendar or working_calendar(), day, days)
    return clock.due_on(day), clock.is_provisional


def recompute_deadlines() -> int:
    """After a calendar was loaded: every open case and sent batch anew, each in its own transaction."""
    calendar = working_calendar()
    for batch in Batch.objects.filter(state=BatchState.SENT, applications__state=State.SENT).distinct():
        batch.decide_by, batch.decide_by_provisional = national_deadline(batch.sent_at, calendar=calendar)
        batch.save(update_fields=["decide_by", "decide_by_provisional"])
    ids = list(Application.objects.filter(state__in=OPEN_STATES).values_list("pk", flat=True))
    return sum(_recompute(pk, calendar) for pk in ids)


@transaction.atomic
def _recompute(application_id, calendar: WorkingCalendar) -> bool:
    application = Application.objects.select_for_update(of=("self",)).get(pk=application_id)
    before = (application.decide_by, application.decide_by_provisional)
    if application.state not in OPEN_STATES:
        return False
    set_deadline(application, calendar=calendar)
    application.save(update_fields=["decide_by", "decide_by_provisional"])
    return before != (application.decide_by, application.decide_by_provisional)
