"""Loading rules, reasons and calendars."""

import json
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.audit.services import record
from apps.core.actor import Actor
from apps.core.errors import PortalError
from apps.outbox.services import enqueue
from apps.rules.enums import DayKind
from apps.rules.events import CALENDAR_LOADED
from apps.rules.models import CalendarDay, CalendarYear, Reason, Rule
from apps.rules.selectors import forget_rules

REFERENCE = Path(__file__).parent / "reference"


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
    days = [(day, DayKind.HOLIDAY) for day in holidays] + [(day, DayKind.MAKE_UP) for day in make_up_days]
    _refuse_unfit(year, days)
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


@transaction.atomic
def load_reference_data(*, now: datetime) -> None:
    """The calendars 2015-2026, the rules and the reasons that the portal ships with. What exists stays as it is."""
    actor = Actor.system("reference data")
    known = set(CalendarYear.objects.values_list("year", flat=True))
    for entry in _read("calendars.json"):
        if entry["year"] not in known:
            load_calendar_year(
                actor=actor,
                year=entry["year"],
                holidays=map(date.fromisoformat, entry["holidays"]),
                make_up_days=map(date.fromisoformat, entry["make_up_days"]),
                notice=entry["notice"],
                now=now,
            )
    _add_missing_rules()
    _add_missing_reasons()
    forget_rules()


def _add_missing_rules() -> None:
    known = set(Rule.objects.values_list("key", flat=True))
    Rule.objects.bulk_create(Rule(**entry) for entry in _read("rules.json") if entry["key"] not in known)


def _add_missing_reasons() -> None:
    known = set(Reason.objects.values_list("code", flat=True))
    Reason.objects.bulk_create(
        Reason(position=position, **entry)
        for position, entry in enumerate(_read("reasons.json"))
        if entry["code"] not in known
    )


def _refuse_unfit(year: int, days: list[tuple[date, str]]) -> None:
    plain = [day for day, _kind in days]
    if outside := [day for day in plain if day.year != year]:
        raise CalendarRefused(_("%(day)s 不在 %(year)s 年内，请核对文件。") % {"day": outside[0], "year": year})
    if len(plain) != len(set(plain)):
        raise CalendarRefused(_("同一天在文件中出现了两次，请核对后重新导入。"))
    if weekdays := [day for day, kind in days if kind == DayKind.MAKE_UP and day.weekday() < 5]:
        raise CalendarRefused(_("%(day)s 不是周末，不能作为调休上班日。") % {"day": weekdays[0]})


def _read(name: str) -> list[dict]:
    return json.loads((REFERENCE / name).read_text(encoding="utf-8"))
