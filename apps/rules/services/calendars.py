"""The State Council's yearly notice: which weekdays are off, which days of the weekend are worked."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.accounts.enums import Permission
from apps.accounts.policies import has_permission
from apps.audit.services import record
from apps.core.actor import Actor
from apps.core.errors import NotPermitted, PortalError
from apps.outbox.services import enqueue
from apps.rules.enums import DayKind
from apps.rules.events import CALENDAR_LOADED
from apps.rules.models import CalendarDay, CalendarYear
from apps.rules.selectors import forget_rules


class CalendarRefused(PortalError):
    """The days do not fit the year, or a day stands twice."""

    code = "calendar_refused"


@transaction.atomic
def load_calendar_year(
    *, actor: Actor, year: int, holidays: Iterable[date], make_up_days: Iterable[date], notice: str, now: datetime
) -> CalendarYear:
    """Load the State Council's notice for a year, replacing an earlier load; whoever counted with it counts afresh.

    Raises CalendarRefused where a day lies outside the year, stands twice, or where a make-up day is a weekday.
    """
    if not (actor.is_system or has_permission(actor, Permission.MANAGE_RULES)):
        raise NotPermitted
    days = [(day, DayKind.HOLIDAY) for day in holidays] + [(day, DayKind.MAKE_UP) for day in make_up_days]
    refuse_unfit(year, days)
    row, created = CalendarYear.objects.select_for_update().get_or_create(
        year=year, defaults={"notice": notice, "loaded_at": now}
    )
    if not created and set(row.days.values_list("day", "kind")) == set(days) and row.notice == notice:
        return row
    row.notice, row.loaded_at = notice, now
    row.save()
    row.days.all().delete()
    CalendarDay.objects.bulk_create(CalendarDay(year=row, day=day, kind=kind) for day, kind in days)
    forget_rules()
    transaction.on_commit(forget_rules)
    record(actor, "calendar.loaded", row, now=now, after={"year": year, "notice": notice, "days": len(days)})
    enqueue(CALENDAR_LOADED, {"year": year}, now=now)
    return row


def refuse_unfit(year: int, days: list[tuple[date, str]]) -> None:
    plain = [day for day, _kind in days]
    if outside := [day for day in plain if day.year != year]:
        raise CalendarRefused(_("%(day)s 不在 %(year)s 年内，请核对文件。") % {"day": outside[0], "year": year})
    if len(plain) != len(set(plain)):
        raise CalendarRefused(_("同一天在文件中出现了两次，请核对后重新导入。"))
    if weekdays := [day for day, kind in days if kind == DayKind.MAKE_UP and day.weekday() < 5]:
        raise CalendarRefused(_("%(day)s 不是周末，不能作为调休上班日。") % {"day": weekdays[0]})
