"""Where the marks of a chart stand. Pure geometry: templates draw it as SVG and put the table under it.

The drawing is 280 wide, a narrow phone's column, so that its letters are never smaller than the page's small ones.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

WIDTH = 280
ROW = 48
BAR = 16
BASE = 26
"""Where a bar begins below its label, within a row."""
LINE_HEIGHT = 160
MARGIN = 24
"""Room above and below the line for its labels."""


@dataclass(frozen=True)
class Bar:
    label: str
    value: float
    tone: str
    text_y: int
    bar_y: int
    width: int


@dataclass(frozen=True)
class BarChart:
    """Bars from one zero, each with its label and value above it."""

    title: str
    unit: str
    bars: tuple[Bar, ...]
    width: int = WIDTH
    bar_height: int = BAR

    @property
    def height(self) -> int:
        return max(ROW * len(self.bars), 1)

    @property
    def total(self) -> float:
        return sum(bar.value for bar in self.bars)


@dataclass(frozen=True)
class Point:
    label: str
    value: int
    x: int
    y: int
    is_named: bool
    """Whether its value stands at the mark: the first, the last and the highest; the table has them all."""
    anchor: str


@dataclass(frozen=True)
class LineChart:
    """One line over equal steps, from zero."""

    title: str
    unit: str
    points: tuple[Point, ...]
    width: int = WIDTH
    height: int = LINE_HEIGHT
    base: int = LINE_HEIGHT - MARGIN

    @property
    def path(self) -> str:
        return " ".join(f"{point.x},{point.y}" for point in self.points)


def bar_chart(title: str, unit: str, rows: Sequence[tuple]) -> BarChart:
    """`rows`: label, value from 0 on, and perhaps a tone (late, near). A value above zero is never without a mark."""
    most = max((row[1] for row in rows), default=0)
    return BarChart(title, unit, tuple(_bar(number, row, most) for number, row in enumerate(rows)))


def _bar(number: int, row: tuple, most: int) -> Bar:
    label, value, *tone = row
    top = number * ROW
    width = max(round(Fraction(value) * WIDTH / Fraction(most)), 2) if value else 0
    return Bar(label, value, tone[0] if tone else "", top + 18, top + BASE, width)


def line_chart(title: str, unit: str, rows: Sequence[tuple[str, int]]) -> LineChart:
    """`rows`: label and value from 0 on, in their order."""
    most = max((value for _label, value in rows), default=0)
    named = {0, len(rows) - 1, next((n for n, row in enumerate(rows) if row[1] == most), 0)}
    points = (_point(number, row, len(rows), most, is_named=number in named) for number, row in enumerate(rows))
    return LineChart(title, unit, tuple(points))


def _point(number: int, row: tuple[str, int], count: int, most: int, *, is_named: bool) -> Point:
    inner, high = WIDTH - 2 * (MARGIN // 3), LINE_HEIGHT - 2 * MARGIN
    left = MARGIN // 3
    x = left + round(Fraction(number * inner, count - 1)) if count > 1 else WIDTH // 2
    y = LINE_HEIGHT - MARGIN - (round(Fraction(row[1] * high, most)) if most else 0)
    anchor = "middle" if count == 1 or 0 < number < count - 1 else "start" if number == 0 else "end"
    return Point(row[0], row[1], x, y, is_named, anchor)
