"""The working-day calendar: the State Council's notices, and until one is out, the statutory holidays."""

from datetime import date

import holidays

from apps.core.kept import Kept
from apps.core.working_days import WorkingCalendar
from apps.rules.enums import DayKind
from apps.rules.models import CalendarDay, CalendarYear

FIRST_YEAR = 2015
PROVISIONAL_YEARS = 6
"""How far ahead of the last notice provisional dates reach."""


def working_calendar() -> WorkingCalendar:
    """Announced years by their notices, later ones by weekends and statutory holidays, marked provisional."""
    return kept_calendar.get()


def statutory_holidays(year: int) -> frozenset[date]:
    """The festivals that 全国年节及纪念日放假办法 gives to everybody, without bridges and make-up days."""
    return frozenset(holidays.China(years=year, observed=False))


def _read_calendar() -> WorkingCalendar:
    days: dict[str, set[date]] = {kind: set() for kind in DayKind.values}
    for day, kind in CalendarDay.objects.values_list("day", "kind"):
        days[kind].add(day)
    announced = frozenset(CalendarYear.objects.values_list("year", flat=True))
    last = max(announced, default=FIRST_YEAR) + PROVISIONAL_YEARS
    silent = set(range(FIRST_YEAR, last + 1)) - announced
    guessed = {day for year in silent for day in statutory_holidays(year)}
    return WorkingCalendar(frozenset(days[DayKind.HOLIDAY] | guessed), frozenset(days[DayKind.MAKE_UP]), announced)


kept_calendar = Kept("calendar", _read_calendar)
