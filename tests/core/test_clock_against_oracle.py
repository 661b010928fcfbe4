"""The working-day clock against somebody who walks through the days one by one and keeps a tally."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.core.working_days import Pause, StatutoryClock, WorkingCalendar, add_working_days

FIRST = date(2018, 12, 1)
SPAN = 800
"""Days: two new years at least."""
ONE_DAY = timedelta(days=1)


class Walker:
    """Knows no calendar class: two sets of days, a list of pauses, and a step of one day at a time."""

    def __init__(self, holidays, make_up_days, start, pauses):
        self.holidays, self.make_up_days, self.start, self.pauses = holidays, make_up_days, start, pauses

    def works(self, day):
        if day in self.make_up_days:
            return True
        return day not in self.holidays and day.isoweekday() not in (6, 7)

    def rests(self, day):
        return any(begun < day and (ended is None or day <= ended) for begun, ended in self.pauses)

    def used(self, until):
        tally, day = 0, self.start
        while day < until:
            day += ONE_DAY
            tally += self.works(day) and not self.rests(day)
        return tally

    def due(self, allowed, asked):
        """The open pause ends on the day of the question."""
        self.pauses = [(begun, max(asked, begun) if ended is None else ended) for begun, ended in self.pauses]
        day, left = self.start, allowed
        while left:
            day += ONE_DAY
            left -= self.works(day) and not self.rests(day)
        return day


def around_new_year(draw):
    """A day near the turn of a year as often as any other."""
    anywhere = st.integers(0, SPAN - 200).map(lambda n: FIRST + timedelta(days=n))
    turn = st.builds(
        lambda year, n: date(year, 12, 20) + timedelta(days=n), st.sampled_from([2018, 2019]), st.integers(0, 25)
    )
    return draw(st.one_of(anywhere, turn))


@st.composite
def situations(draw):
    day = st.integers(0, SPAN + 400).map(lambda n: FIRST + timedelta(days=n))
    holidays = draw(st.frozensets(day, max_size=60))
    for first in draw(st.lists(day, max_size=4)):
        holidays |= {first + timedelta(days=n) for n in range(draw(st.integers(1, 9)))}
    make_up = draw(st.frozensets(day.filter(lambda d: d.isoweekday() > 5), max_size=20))
    start, allowed = around_new_year(draw), draw(st.integers(0, 40))
    pauses, last = [], start
    for _number in range(draw(st.integers(0, 4))):
        begun = last + timedelta(days=draw(st.integers(0, 15)))
        last = begun + timedelta(days=draw(st.integers(0, 40)))
        pauses.append((begun, last))
    if pauses and draw(st.booleans()):
        pauses[-1] = (pauses[-1][0], None)
    asked = start + timedelta(days=draw(st.integers(0, 200)))
    stopped = draw(st.none() | st.integers(0, 150).map(lambda n: start + timedelta(days=n)))
    return holidays, make_up, start, allowed, pauses, asked, stopped


def differences(situation):
    holidays, make_up, start, allowed, pauses, asked, stopped = situation
    calendar = WorkingCalendar(holidays, make_up, frozenset(range(2015, 2030)))
    clock = StatutoryClock(calendar, start, allowed, tuple(Pause(*pause) for pause in pauses), stopped)
    walker = Walker(holidays, make_up, start, pauses)
    used, until = walker.used(min(asked, stopped or asked)), asked
    due = walker.due(allowed, asked)
    late = stopped is None and all(ended is not None for _begun, ended in pauses) and until > due
    found = {
        "used": (clock.used_on(asked), used),
        "due": (clock.due_on(asked), due),
        "overdue": (clock.is_overdue_on(asked), late),
        "added": (add_working_days(calendar, start, allowed), Walker(holidays, make_up, start, []).due(allowed, asked)),
    }
    return {name: pair for name, pair in found.items() if pair[0] != pair[1]}


@settings(max_examples=200, deadline=None)
@given(situations())
def test_clock_agrees_with_the_walker(situation):
    assert differences(situation) == {}


@pytest.mark.slow
@settings(max_examples=20_000, deadline=None)
@given(situations())
def test_clock_agrees_with_the_walker_in_twenty_thousand_situations(situation):
    assert differences(situation) == {}
