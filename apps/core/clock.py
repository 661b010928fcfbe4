"""The time, for the doors (views, tasks, commands). Nothing below a door asks the clock: it is given `now`."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

BEIJING = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """The present moment, with time zone."""
    return timezone.now()


def civil_date(moment: datetime) -> date:
    """The Beijing date of a moment: every legal date in this portal is one."""
    return moment.astimezone(BEIJING).date()


def today() -> date:
    return civil_date(now())
