"""Which years the State Council has announced, and whether one is overdue."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from apps.rules.enums import DayKind
from apps.rules.models import CalendarYear
from apps.rules.selectors.catalogue import rule_value


@dataclass(frozen=True)
class CalendarAlarm:
    """The year that is missing, and since when its notice might be expected."""

    year: int
    usual_from: date


def calendar_years() -> QuerySet[CalendarYear]:
    """The newest first, with how many days each takes out of the week and puts in."""
    return CalendarYear.objects.annotate(
        holidays=Count("days", filter=Q(days__kind=DayKind.HOLIDAY)),
        make_up_days=Count("days", filter=Q(days__kind=DayKind.MAKE_UP)),
    ).order_by("-year")


def calendar_alarm(today: date) -> CalendarAlarm | None:
    """The present year where it is missing; the next one once its notice is usually out (rule calendar.notice_day)."""
    month, day = map(int, rule_value("calendar.notice_day", on=today).split("-"))
    known = set(CalendarYear.objects.filter(year__in=[today.year, today.year + 1]).values_list("year", flat=True))
    for year in (today.year, today.year + 1):
        usual_from = date(year - 1, month, day)
        if year not in known and today >= usual_from:
            return CalendarAlarm(year, usual_from)
    return None
