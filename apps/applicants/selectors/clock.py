"""The statutory clock of an application, computed from its steps each time it is asked for, never counted along."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from apps.applicants.enums import TAKE_BACKS, Action
from apps.applicants.models import Application, Step
from apps.core.clock import civil_date
from apps.core.working_days import Pause, StatutoryClock, WorkingCalendar
from apps.rules.selectors import rule_value

ALLOWED_DAYS = {
    Action.SUBMIT: "application.local_days",
    Action.SEND: "application.national_days",
    Action.RETURN: "application.local_days",
    Action.REOPEN: "application.local_days",
}
"""Who starts counting at which step: the association at receipt, and afresh at a return or a successful appeal; the
national body at the sending of the batch."""

STOPS = frozenset({Action.AGREE, Action.REFUSE, Action.CONFIRM, Action.WITHDRAW, Action.EXPIRE})


def application_clock(
    application: Application, calendar: WorkingCalendar, *, on: date | None = None
) -> StatutoryClock | None:
    """The clock that runs now, or the last one that ran, stopped; None for a draft.

    Reads `application.steps.all()`, so lists prefetch "steps". `on` is the day whose rules apply; without it, the
    application date.
    """
    if application.submitted_at is None:
        return None
    steps = sorted(application.steps.all(), key=lambda step: (step.at, step.id))
    rules_on = on or civil_date(application.submitted_at)
    return clock_after_steps(steps, calendar, on=rules_on, association_code=application.association_id)


def clock_after_steps(
    steps: Iterable[Step], calendar: WorkingCalendar, *, on: date, association_code: str | None
) -> StatutoryClock | None:
    """The same from the steps themselves, in their order, up to where the caller stops.

    An association may have a shorter limit of its own; the national body's is one for all.
    """
    clock = None
    for step in steps:
        if key := ALLOWED_DAYS.get(step.action):
            allowed = rule_value(key, on=on, association_code=association_code)
            clock = StatutoryClock(calendar, civil_date(step.at), allowed)
        else:
            clock = _after(step, clock)
    return clock


def _after(step: Step, clock: StatutoryClock) -> StatutoryClock:
    day = civil_date(step.at)
    if step.action == Action.REQUEST_CORRECTION:
        return replace(clock, pauses=(*clock.pauses, Pause(day, None)))
    if step.action == Action.ANSWER_CORRECTION:
        return replace(clock, pauses=(*clock.pauses[:-1], replace(clock.pauses[-1], until_on=day)))
    if step.action in TAKE_BACKS:
        return replace(clock, stopped_on=None)
    return replace(clock, stopped_on=day) if step.action in STOPS else clock
