from apps.rules.selectors.calendar import kept_calendar, statutory_holidays, working_calendar
from apps.rules.selectors.catalogue import UnknownRule, get_reason, kept_rules, reasons, rule_clause, rule_value

__all__ = [
    "UnknownRule",
    "forget_rules",
    "get_reason",
    "reasons",
    "rule_clause",
    "rule_value",
    "statutory_holidays",
    "working_calendar",
]


def forget_rules() -> None:
    """Read rules and calendars afresh at the next question."""
    kept_rules.forget()
    kept_calendar.forget()
