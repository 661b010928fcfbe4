"""Until when whoever must act now has to act. Written with each step, recomputed when a calendar changes."""

from django.db import transaction

from apps.core.working_days import WorkingCalendar
from apps.registrations.enums import DECIDING_STATES, OPEN_STATES, State
from apps.registrations.models import Registration
from apps.registrations.selectors.clock import registration_clock
from apps.rules.selectors import working_calendar


def set_deadline(registration: Registration, *, calendar: WorkingCalendar | None = None) -> None:
    """Fill `decide_by` for the state the case is in. Call it after the step was written; the caller saves."""
    registration.decide_by, registration.decide_by_provisional = None, False
    if registration.state == State.GAPS:
        registration.decide_by = registration.gap_lists.get(answered_at=None).answer_by
    elif registration.state == State.FILED or registration.state in DECIDING_STATES:
        clock = registration_clock(registration, calendar or working_calendar())
        registration.decide_by = clock.due_on(clock.started_on)
        registration.decide_by_provisional = clock.is_provisional


def recompute_deadlines() -> int:
    """After a calendar was loaded: every open case anew, each in its own transaction."""
    calendar = working_calendar()
    ids = list(Registration.objects.filter(state__in=sorted(OPEN_STATES)).values_list("pk", flat=True))
    return sum(_recompute(pk, calendar) for pk in ids)


@transaction.atomic
def _recompute(registration_id, calendar: WorkingCalendar) -> bool:
    registration = Registration.objects.select_for_update(of=("self",)).get(pk=registration_id)
    before = (registration.decide_by, registration.decide_by_provisional)
    if registration.state not in OPEN_STATES:
        return False
    set_deadline(registration, calendar=calendar)
    registration.save(update_fields=["decide_by", "decide_by_provisional"])
    return before != (registration.decide_by, registration.decide_by_provisional)
