from datetime import UTC, date, datetime

import pytest

from apps.core.clock import civil_date
from apps.core.dates import add_years


@pytest.mark.parametrize(
    ("start", "years", "expected"),
    [
        (date(2021, 11, 25), 5, date(2026, 11, 25)),
        (date(2020, 2, 29), 5, date(2025, 2, 28)),
        (date(2020, 2, 29), 4, date(2024, 2, 29)),
        (date(2021, 12, 31), 5, date(2026, 12, 31)),
    ],
)
def test_anniversary(start, years, expected):
    assert add_years(start, years) == expected


def test_civil_date_is_the_beijing_date():
    assert civil_date(datetime(2026, 3, 4, 15, 59, tzinfo=UTC)) == date(2026, 3, 4)
    assert civil_date(datetime(2026, 3, 4, 16, 0, tzinfo=UTC)) == date(2026, 3, 5)
