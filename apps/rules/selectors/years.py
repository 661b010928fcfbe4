"""Spans of years that end on an anniversary (domain.md, section 2): the five years, and the bars of Article 5."""

from datetime import date

from apps.core.dates import add_years
from apps.rules.selectors.catalogue import rule_value


def anniversary(day: date, years: int, *, on: date) -> date:
    """The anniversary of a day; for 29 February in a common year, what the rule of the day `on` says."""
    moved = day.month == 2 and day.day == 29 and add_years(day, years).day != 29
    if moved and rule_value("years.leap_day", on=on) == "first_of_march":
        return date(day.year + years, 3, 1)
    return add_years(day, years)


def last_day_within(day: date, years: int, *, on: date) -> date:
    """The last day that is not more than `years` after `day`: the anniversary itself where the rule includes it."""
    last = anniversary(day, years, on=on)
    if rule_value("years.inclusive_anniversary", on=on):
        return last
    return date.fromordinal(last.toordinal() - 1)


def free_again_on(day: date, years: int, *, on: date) -> date:
    """The first day on which a bar of `years` from `day` no longer holds (不满 n 年): its anniversary."""
    return anniversary(day, years, on=on)
