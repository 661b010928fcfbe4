"""Arithmetic on civil dates."""

from datetime import date


def add_years(day: date, years: int) -> date:
    """The anniversary of `day`; of 29 February, in a common year, the last day of February (domain.md, section 2)."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
