"""Writing rules, reasons and calendars."""

from apps.rules.services.calendars import CalendarRefused, load_calendar_year
from apps.rules.services.changing import RuleChange, RuleRefused, change_rule, end_local_rule, missing_in_change
from apps.rules.services.reference import load_reference_data
from apps.rules.services.retention import Retention, count_due, erase_by_rule

__all__ = [
    "CalendarRefused",
    "Retention",
    "RuleChange",
    "RuleRefused",
    "change_rule",
    "count_due",
    "end_local_rule",
    "erase_by_rule",
    "load_calendar_year",
    "load_reference_data",
    "missing_in_change",
]
