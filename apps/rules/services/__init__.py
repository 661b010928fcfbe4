"""Writing rules, reasons and calendars."""

from apps.rules.services.calendars import CalendarRefused, load_calendar_year
from apps.rules.services.changing import RuleChange, RuleRefused, change_rule, end_local_rule, missing_in_change
from apps.rules.services.reference import load_reference_data

__all__ = [
    "CalendarRefused",
    "RuleChange",
    "RuleRefused",
    "change_rule",
    "end_local_rule",
    "load_calendar_year",
    "load_reference_data",
    "missing_in_change",
]
