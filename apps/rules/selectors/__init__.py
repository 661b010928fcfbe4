from apps.rules.selectors.book import (
    RuleVersion,
    UnknownRule,
    kept_rules,
    recorded_rules,
    rules_as_proposed,
    rules_as_recorded,
)
from apps.rules.selectors.calendar import kept_calendar, statutory_holidays, working_calendar
from apps.rules.selectors.calendar_years import CalendarAlarm, calendar_alarm, calendar_years
from apps.rules.selectors.catalogue import get_reason, reasons, rule_clause, rule_value
from apps.rules.selectors.words import rule_words
from apps.rules.selectors.years import anniversary, free_again_on, last_day_within

__all__ = [
    "CalendarAlarm",
    "RuleVersion",
    "UnknownRule",
    "anniversary",
    "calendar_alarm",
    "calendar_years",
    "forget_rules",
    "free_again_on",
    "get_reason",
    "last_day_within",
    "reasons",
    "recorded_rules",
    "rule_clause",
    "rule_value",
    "rule_words",
    "rules_as_proposed",
    "rules_as_recorded",
    "statutory_holidays",
    "working_calendar",
]


def forget_rules() -> None:
    """Read rules and calendars afresh at the next question, here at once and in every other process within a second."""
    kept_rules.forget()
    kept_calendar.forget()
