"""The time, for the doors (views, tasks, commands). Nothing below a door asks the clock: it is given `now`."""

from collections.abc import Callable
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.utils import timezone

Clock = Callable[[], datetime]
"""For what runs long: a service that asks again and again for the present moment."""

BEIJING = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """The present moment, with time zone."""
    return timezone.now()


def civil_date(moment: datetime) -> date:
    """The Beijing date of a moment: every legal date in this portal is one."""
    return moment.astimezone(BEIJING).date()


def start_of_day(day: date) -> datetime:
    """The moment at which a Beijing day begins."""
    return datetime.combine(day, time.min, tzinfo=BEIJING)


def today() -> date:
    return civil_date(now())
