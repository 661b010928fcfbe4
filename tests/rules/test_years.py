"""Not more than n years: the anniversary, 29 February, and whether the anniversary itself still counts."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.rules.models import Rule
from apps.rules.selectors import forget_rules, last_day_within, rules_as_recorded
from apps.rules.selectors.book import RuleVersion

pytestmark = pytest.mark.django_db

ON = date(2026, 3, 5)


def set_rule(key, value):
    Rule.objects.filter(key=key).update(value=value)
    forget_rules()


@pytest.mark.parametrize(
    ("inclusive", "leap_day", "start", "last"),
    [
        (True, "last_of_february", date(2021, 3, 5), date(2026, 3, 5)),
        (False, "last_of_february", date(2021, 3, 5), date(2026, 3, 4)),
        (True, "last_of_february", date(2020, 2, 29), date(2025, 2, 28)),
        (True, "first_of_march", date(2020, 2, 29), date(2025, 3, 1)),
        (False, "first_of_march", date(2020, 2, 29), date(2025, 2, 28)),
        (False, "last_of_february", date(2020, 2, 29), date(2025, 2, 27)),
        (True, "first_of_march", date(2019, 2, 28), date(2024, 2, 28)),
    ],
)
def test_last_day_follows_the_rules(inclusive, leap_day, start, last):
    set_rule("years.inclusive_anniversary", inclusive)
    set_rule("years.leap_day", leap_day)
    assert last_day_within(start, 5, on=ON) == last


def by_hand(start: date, years: int, *, inclusive: bool, leap_day: str) -> date:
    """Counts whole years day by day: a year is over when month and day have come round again."""
    month, day = start.month, start.day
    year, anniversary = start.year + years, None
    walked = date(year, 1, 1)
    while walked.year == year:
        if (walked.month, walked.day) == (month, day):
            anniversary = walked
        walked += timedelta(days=1)
    if anniversary is None:  # 29 February in a common year
        anniversary = date(year, 3, 1) if leap_day == "first_of_march" else date(year, 3, 1) - timedelta(days=1)
    return anniversary if inclusive else anniversary - timedelta(days=1)


LEAP_DAYS = [date(year, 2, 29) for year in range(1992, 2025, 4)]


@settings(max_examples=200, deadline=None)
@given(
    start=st.dates(date(1991, 1, 1), date(2026, 12, 31)) | st.sampled_from(LEAP_DAYS),
    years=st.integers(1, 12),
    inclusive=st.booleans(),
    leap_day=st.sampled_from(["last_of_february", "first_of_march"]),
)
def test_any_span_agrees_with_the_calendar_read_by_hand(start, years, inclusive, leap_day):
    versions = {"years.inclusive_anniversary": inclusive, "years.leap_day": leap_day}
    used = {(key, ON, ""): RuleVersion(key, value, date(2010, 1, 1)) for key, value in versions.items()}
    with rules_as_recorded(used):
        assert last_day_within(start, years, on=ON) == by_hand(start, years, inclusive=inclusive, leap_day=leap_day)
