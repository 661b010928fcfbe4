"""How long associations take, from the steps of their cases. Numbers only: nobody can be found in them."""

from datetime import datetime
from itertools import groupby

from apps.applicants.enums import Action
from apps.applicants.models import Step
from apps.applicants.selectors.clock import clock_after_steps
from apps.core.clock import civil_date
from apps.core.working_days import WorkingCalendar

DECISIONS = frozenset({Action.AGREE, Action.REFUSE})


def local_decision_days(calendar: WorkingCalendar, *, since: datetime) -> list[tuple[str, int]]:
    """Association code and working days, from receipt to its first decision that held, of each case decided since.

    The days on which the applicant was asked for something do not count. One query.
    """
    steps = (
        Step.objects.filter(application__local_decided_at__gte=since)
        .select_related("application")
        .only("action", "at", "application__association_id", "application__submitted_at")
        .order_by("application_id", "at", "id")
    )
    found = (_decision(list(own), calendar) for _case, own in groupby(steps, key=lambda step: step.application_id))
    return [decision for decision in found if decision]


def _decision(steps: list[Step], calendar: WorkingCalendar) -> tuple[str, int] | None:
    """The last decision before the case was first sent: one that was taken back is none."""
    before_sending = []
    for step in steps:
        if step.action == Action.SEND:
            break
        before_sending.append(step)
    last = max((number for number, step in enumerate(before_sending) if step.action in DECISIONS), default=None)
    if last is None:
        return None
    case, decided_on = steps[0].application, civil_date(before_sending[last].at)
    clock = clock_after_steps(
        before_sending[: last + 1],
        calendar,
        on=civil_date(case.submitted_at),
        association_code=case.association_id,
    )
    return case.association_id, clock.used_on(decided_on)
