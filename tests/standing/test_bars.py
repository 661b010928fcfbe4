"""The clocks of Article 5 end on the application date: barred while it lies before the anniversary."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.members.enums import MemberKind
from apps.rules.models import Rule
from apps.rules.selectors import forget_rules
from apps.standing.enums import FactGround
from apps.standing.selectors import Fact, bars_on

pytestmark = pytest.mark.django_db

NON, CPA = MemberKind.NON_PRACTISING, MemberKind.PRACTISING
YEARS = {
    NON: {"criminal": 5, "penalty": 2, "revoked": 5, "cancelled": 3, "fraud": 3},
    CPA: {"criminal": 5, "penalty": 2, "revoked": 5, "fraud": 3},
}
CLOCKS = [(kind, ground, years) for kind, grounds in YEARS.items() for ground, years in grounds.items()]


def bar(ground, since, on, kind=NON):
    bars = bars_on([Fact(ground, since)], kind=kind, on=on)
    return bars[0] if bars else None


@pytest.mark.parametrize(("kind", "ground", "years"), CLOCKS)
@pytest.mark.parametrize(("days", "holds"), [(-1, True), (0, False), (1, False)])
def test_bar_holds_until_the_day_before_the_anniversary(kind, ground, years, days, holds):
    since = date(2021, 6, 10)
    found = bar(ground, since, date(2021 + years, 6, 10) + timedelta(days=days), kind)
    assert (found.holds, found.years, found.free_on) == (holds, years, date(2021 + years, 6, 10))
    assert found.clause


@pytest.mark.parametrize(
    ("policy", "on", "holds"),
    [
        ("last_of_february", date(2025, 2, 27), True),
        ("last_of_february", date(2025, 2, 28), False),
        ("first_of_march", date(2025, 2, 28), True),
        ("first_of_march", date(2025, 3, 1), False),
    ],
)
def test_29_february_follows_the_rule(policy, on, holds):
    Rule.objects.filter(key="years.leap_day").update(value=policy)
    forget_rules()
    assert bar("criminal", date(2020, 2, 29), on).holds is holds


@pytest.mark.parametrize(("ground", "kinds"), [("expelled", [NON]), ("capacity", [NON, CPA])])
def test_ground_without_end_bars_for_good(ground, kinds):
    for kind in kinds:
        found = bar(ground, date(1990, 1, 1), date(2026, 3, 5), kind)
        assert found.holds and found.is_for_good and found.clause


def test_grounds_that_the_law_of_a_kind_does_not_name_do_not_bar():
    assert bar("expelled", date(2025, 1, 1), date(2026, 3, 5), CPA) is None
    assert bar("cancelled", date(2025, 1, 1), date(2026, 3, 5), CPA) is None


def test_clock_without_beginning_is_for_a_person():
    assert bar("criminal", None, date(2026, 3, 5)).holds is None


def test_years_are_those_of_the_application_date():
    Rule.objects.filter(key="bar.penalty_years").update(in_force_to=date(2026, 6, 30))
    Rule.objects.create(key="bar.penalty_years", value=3, in_force_from=date(2026, 7, 1))
    forget_rules()
    since = date(2024, 1, 10)
    assert bar("penalty", since, date(2026, 6, 30)).holds is False
    assert bar("penalty", since, date(2026, 7, 1)).holds is True


LEAP_DAYS = [date(year, 2, 29) for year in range(1996, 2025, 4)]


def by_hand(since: date, years: int) -> date:
    """The anniversary, found by walking: the day in that year with the same month and day, else the last before it."""
    day = date(since.year + years, 1, 1)
    found = day
    while day.year == since.year + years:
        if (day.month, day.day) <= (since.month, since.day):
            found = day
        day += timedelta(days=1)
    return found


@settings(max_examples=150, deadline=None)
@given(
    since=st.dates(date(1995, 1, 1), date(2024, 12, 31)) | st.sampled_from(LEAP_DAYS),
    clock=st.sampled_from(CLOCKS),
    shift=st.integers(-3, 3),
)
def test_any_bar_agrees_with_the_calendar_read_by_hand(since, clock, shift):
    kind, ground, years = clock
    free_on = by_hand(since, years)
    on = max(free_on + timedelta(days=shift), date(2010, 1, 1))
    assert bar(ground, since, on, kind).holds is (on < free_on)


def test_every_ground_is_decided_upon_for_somebody():
    on = date(2026, 1, 1)
    assert {ground for kind in (NON, CPA) for ground in FactGround if bar(ground, None, on, kind)} == set(FactGround)
