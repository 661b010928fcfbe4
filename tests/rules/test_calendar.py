"""The shipped calendars against the holidays library, and what a new notice changes."""

from datetime import UTC, date, datetime, timedelta

import holidays
import pytest
from django.db import transaction

from apps.audit.selectors import records_of
from apps.core.actor import Actor
from apps.outbox.models import Event
from apps.rules.selectors import working_calendar
from apps.rules.services import CalendarRefused, load_calendar_year, load_reference_data

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 25, 4, 0, tzinfo=UTC)
OPERATOR = Actor.system("test")


@pytest.mark.parametrize("year", range(2015, 2027))
def test_shipped_year_agrees_with_the_holidays_library(year):
    calendar, library = working_calendar(), holidays.China(years=year)
    day = date(year, 1, 1)
    while day.year == year:
        expected = day in library.weekend_workdays or (day.weekday() < 5 and day not in library)
        assert calendar.is_working_day(day) == expected, day
        day += timedelta(days=1)
    assert not calendar.is_provisional(date(year, 6, 1))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2020, 1, 31), False),
        (date(2020, 2, 1), False),
        (date(2020, 2, 3), True),
        (date(2015, 9, 3), False),
        (date(2025, 1, 26), True),
        (date(2026, 2, 28), True),
        (date(2026, 10, 8), True),
    ],
)
def test_days_that_notices_name(day, works):
    assert working_calendar().is_working_day(day) is works


def test_year_without_notice_counts_statutory_holidays_and_is_provisional():
    calendar = working_calendar()
    assert calendar.is_provisional(date(2027, 3, 1))
    assert not calendar.is_working_day(date(2027, 1, 1))
    assert calendar.is_working_day(date(2027, 1, 4))


def test_notice_replaces_the_guess_and_says_so():
    load_calendar_year(
        actor=OPERATOR,
        year=2027,
        holidays=[date(2027, 1, 1), date(2027, 2, 8)],
        make_up_days=[date(2027, 1, 9)],
        notice="国办发明电〔2026〕0号",
        now=NOW,
    )
    assert working_calendar().is_working_day(date(2027, 1, 9))
    assert not working_calendar().is_provisional(date(2027, 1, 9))
    assert Event.objects.filter(name="calendar.loaded", payload={"year": 2027}).count() == 1


def test_year_between_two_notices_keeps_its_statutory_holidays():
    load_calendar_year(actor=OPERATOR, year=2028, holidays=[date(2028, 1, 3)], make_up_days=[], notice="x", now=NOW)
    assert not working_calendar().is_working_day(date(2027, 10, 1))
    assert working_calendar().is_provisional(date(2027, 10, 1))


@pytest.mark.parametrize(
    ("days", "make_up"),
    [
        ([date(2026, 12, 31)], []),
        ([date(2027, 1, 1), date(2027, 1, 1)], []),
        ([], [date(2027, 1, 4)]),
    ],
)
def test_notice_that_does_not_fit_is_refused_whole(days, make_up):
    with pytest.raises(CalendarRefused):
        load_calendar_year(actor=OPERATOR, year=2027, holidays=days, make_up_days=make_up, notice="x", now=NOW)
    assert working_calendar().is_provisional(date(2027, 1, 4))


def test_loading_the_reference_data_again_changes_nothing():
    before = Event.objects.count()
    load_reference_data(now=NOW)
    assert Event.objects.count() == before


def test_calendar_is_loaded_only_with_its_record(monkeypatch):
    notice = {"actor": OPERATOR, "year": 2027, "holidays": [date(2027, 1, 1)], "make_up_days": [], "now": NOW}
    with monkeypatch.context() as patch:
        patch.setattr("apps.rules.services.calendars.record", lambda *args, **kwargs: 1 / 0)
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            load_calendar_year(**notice, notice="国办发明电〔2026〕7号")
    assert working_calendar().is_provisional(date(2027, 6, 1))
    row = load_calendar_year(**notice, notice="国办发明电〔2026〕7号")
    assert [record.action for record in records_of("rules.calendaryear", row.pk)] == ["calendar.loaded"]
