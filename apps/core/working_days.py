"""Counting working days over a given calendar. Pure arithmetic: which days are working days, `rules` knows.

Day 0 is the day of the event; counting starts with the next day (民法典 Art. 201), working days only
(行政许可法 Art. 82). A pause keeps the day on which it begins; the day on which it ends does not count.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class WorkingCalendar:
    """Weekdays, less `holidays`, plus `make_up_days` (调休). A year outside `announced` is counted provisionally."""

    holidays: frozenset[date] = frozenset()
    make_up_days: frozenset[date] = frozenset()
    announced: frozenset[int] = frozenset()

    def is_working_day(self, day: date) -> bool:
        if day in self.make_up_days:
            return True
        return day.weekday() < 5 and day not in self.holidays

    def is_provisional(self, day: date) -> bool:
        """Whether the State Council's notice for the year of `day` is still to come."""
        return day.year not in self.announced

    def working_days_after(self, day: date) -> Iterator[date]:
        """Each working day after `day`, without end."""
        while True:
            day += ONE_DAY
            if self.is_working_day(day):
                yield day


def add_working_days(calendar: WorkingCalendar, day: date, count: int) -> date:
    """The `count`-th working day after `day`; for 0, `day` itself."""
    days = calendar.working_days_after(day)
    for _ in range(count):
        day = next(days)
    return day


def working_day_from(calendar: WorkingCalendar, day: date) -> date:
    """That day, or where it is a day of rest, the next working day."""
    while not calendar.is_working_day(day):
        day += timedelta(days=1)
    return day


@dataclass(frozen=True)
class Pause:
    """The clock rests: `from_on` still counts, `until_on` (None while it lasts) does not."""

    from_on: date
    until_on: date | None = None

    def rests_on(self, day: date) -> bool:
        return self.from_on < day and (self.until_on is None or day <= self.until_on)


@dataclass(frozen=True)
class StatutoryClock:
    """A limit of `allowed` working days from `started_on` (day 0), with its pauses, perhaps stopped."""

    calendar: WorkingCalendar = field(repr=False)
    started_on: date
    allowed: int
    pauses: tuple[Pause, ...] = ()
    stopped_on: date | None = None

    def used_on(self, day: date) -> int:
        """How many working days have been used at the end of `day` (or when the clock stopped, if earlier)."""
        last = min(day, self.stopped_on) if self.stopped_on else day
        return sum(1 for _ in self._counted_days_until(last))

    def due_on(self, day: date) -> date:
        """The last day allowed. While a pause lasts: the last day if it ended on `day`."""
        pauses = tuple(Pause(p.from_on, max(day, p.from_on)) if p.until_on is None else p for p in self.pauses)
        left, last = self.allowed, self.started_on
        for working_day in self.calendar.working_days_after(self.started_on):
            if left == 0:
                break
            if not any(pause.rests_on(working_day) for pause in pauses):
                left, last = left - 1, working_day
        return last

    def is_overdue_on(self, day: date) -> bool:
        return self.stopped_on is None and not self.is_paused and day > self.due_on(day)

    @property
    def is_paused(self) -> bool:
        return any(pause.until_on is None for pause in self.pauses)

    @property
    def is_stopped(self) -> bool:
        return self.stopped_on is not None

    @property
    def is_provisional(self) -> bool:
        """Whether a year without notice has part in the count: the last day may still move."""
        last = self.stopped_on or self.due_on(self._latest_known_day())
        return any(
            self.calendar.is_provisional(date(year, 1, 1)) for year in range(self.started_on.year, last.year + 1)
        )

    @property
    def paused_days(self) -> int:
        """Working days that finished pauses have taken out of the count."""
        return sum(self._working_days_in(pause) for pause in self.pauses if pause.until_on is not None)

    def _counted_days_until(self, last: date) -> Iterator[date]:
        for working_day in self.calendar.working_days_after(self.started_on):
            if working_day > last:
                return
            if not any(pause.rests_on(working_day) for pause in self.pauses):
                yield working_day

    def _working_days_in(self, pause: Pause) -> int:
        span = (pause.until_on - pause.from_on).days
        days = (pause.from_on + timedelta(days=n) for n in range(1, span + 1))
        return sum(self.calendar.is_working_day(day) for day in days)

    def _latest_known_day(self) -> date:
        return max([self.started_on, *(p.until_on or p.from_on for p in self.pauses)])
