"""The clock of domain.md, section 2: day 0, make-up days, pauses."""

from datetime import date

import pytest

from apps.core.working_days import Pause, StatutoryClock, WorkingCalendar, add_working_days

MARCH = WorkingCalendar(announced=frozenset({2026}))
SPRING_FESTIVAL_2026 = WorkingCalendar(
    holidays=frozenset(date(2026, 2, day) for day in (16, 17, 18, 19, 20, 23)),
    make_up_days=frozenset({date(2026, 2, 14), date(2026, 2, 28)}),
    announced=frozenset({2026}),
)


@pytest.mark.parametrize(
    ("calendar", "start", "count", "expected"),
    [
        (MARCH, date(2026, 3, 2), 0, date(2026, 3, 2)),
        (MARCH, date(2026, 3, 2), 1, date(2026, 3, 3)),
        (MARCH, date(2026, 3, 6), 1, date(2026, 3, 9)),
        (MARCH, date(2026, 3, 7), 1, date(2026, 3, 9)),
        (MARCH, date(2026, 3, 2), 20, date(2026, 3, 30)),
        (SPRING_FESTIVAL_2026, date(2026, 2, 13), 1, date(2026, 2, 14)),
        (SPRING_FESTIVAL_2026, date(2026, 2, 14), 1, date(2026, 2, 24)),
        (SPRING_FESTIVAL_2026, date(2026, 2, 27), 1, date(2026, 2, 28)),
    ],
)
def test_working_days_are_counted_from_the_next_day(calendar, start, count, expected):
    assert add_working_days(calendar, start, count) == expected


def test_clock_counts_its_days_and_ends_on_the_last_one():
    clock = StatutoryClock(MARCH, date(2026, 3, 2), 20)
    assert clock.used_on(date(2026, 3, 2)) == 0
    assert clock.used_on(date(2026, 3, 8)) == 4
    assert clock.due_on(date(2026, 3, 2)) == date(2026, 3, 30)
    assert not clock.is_overdue_on(date(2026, 3, 30))
    assert clock.is_overdue_on(date(2026, 3, 31))


def test_day_of_the_request_counts_and_day_of_the_answer_does_not():
    clock = StatutoryClock(MARCH, date(2026, 3, 2), 20, pauses=(Pause(date(2026, 3, 4), date(2026, 3, 10)),))
    assert clock.used_on(date(2026, 3, 4)) == 2
    assert clock.used_on(date(2026, 3, 10)) == 2
    assert clock.used_on(date(2026, 3, 11)) == 3
    assert clock.paused_days == 4
    assert clock.due_on(date(2026, 3, 11)) == date(2026, 4, 3)


def test_running_pause_stops_the_count_and_moves_the_last_day_along():
    clock = StatutoryClock(MARCH, date(2026, 3, 2), 20, pauses=(Pause(date(2026, 3, 4)),))
    assert clock.is_paused
    assert clock.used_on(date(2026, 3, 20)) == 2
    assert clock.due_on(date(2026, 3, 11)) == date(2026, 4, 6)
    assert not clock.is_overdue_on(date(2026, 12, 1))


def test_request_and_answer_on_one_day_cost_nothing():
    clock = StatutoryClock(MARCH, date(2026, 3, 2), 20, pauses=(Pause(date(2026, 3, 4), date(2026, 3, 4)),))
    assert clock.due_on(date(2026, 3, 5)) == date(2026, 3, 30)


def test_stopped_clock_stands_still():
    clock = StatutoryClock(MARCH, date(2026, 3, 2), 20, stopped_on=date(2026, 3, 4))
    assert clock.is_stopped
    assert clock.used_on(date(2027, 1, 1)) == 2
    assert not clock.is_overdue_on(date(2027, 1, 1))


def test_count_that_reaches_into_a_year_without_notice_is_provisional():
    assert not StatutoryClock(MARCH, date(2026, 3, 2), 20).is_provisional
    assert StatutoryClock(MARCH, date(2026, 12, 15), 20).is_provisional
    assert not StatutoryClock(MARCH, date(2026, 12, 15), 20, stopped_on=date(2026, 12, 20)).is_provisional
