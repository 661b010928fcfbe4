"""The clock of a request: five working days by rule, from the day on which it was received."""

from apps.core.clock import civil_date
from apps.core.working_days import StatutoryClock, WorkingCalendar
from apps.letters.models import Letter
from apps.rules.selectors import rule_value


def letter_clock(letter: Letter, calendar: WorkingCalendar) -> StatutoryClock:
    """Running, or stopped on the day of the decision or of the withdrawal."""
    asked_on = civil_date(letter.asked_at)
    stopped = letter.decided_at or (letter.ended_at if not letter.is_undecided else None)
    allowed = int(rule_value("letter.decide_days", on=asked_on))
    return StatutoryClock(calendar, asked_on, allowed, stopped_on=civil_date(stopped) if stopped else None)
