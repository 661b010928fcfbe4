"""The office's piles of letters: one page at a time, a fixed number of queries."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from apps.core.actor import Actor
from apps.core.working_days import StatutoryClock, WorkingCalendar
from apps.letters.enums import State
from apps.letters.models import Letter
from apps.letters.selectors.clock import letter_clock
from apps.letters.selectors.letters import letters_at_office

PAGE_SIZE = 50


@dataclass(frozen=True)
class Pile:
    """A saved view. `by` is what its rows are ordered by: the nearest deadline, or the latest change, first."""

    key: str
    label: str
    states: tuple[str, ...]
    by: str


PILES = {
    pile.key: pile
    for pile in (
        Pile("check", _("待经办"), (State.REQUESTED,), "decide_by"),
        Pile("approve", _("待批准"), (State.PROPOSED,), "decide_by"),
        Pile("making", _("制作中"), (State.APPROVED,), "decide_by"),
        Pile(
            "done",
            _("已办结"),
            (State.ISSUED, State.REFUSED, State.WITHDRAWN, State.CANCELLED, State.REPLACED),
            "-changed_at",
        ),
    )
}
FIRST_PILE = "check"


@dataclass(frozen=True)
class Row:
    """A line of the list. `days_left` is None where the clock has stopped."""

    letter: Letter
    name: str
    clock: StatutoryClock
    used: int
    days_left: int | None

    @property
    def days_over(self) -> int:
        return max(-(self.days_left or 0), 0)


@dataclass(frozen=True)
class Page:
    rows: list[Row]
    next_cursor: str = ""


def pile_counts(actor: Actor) -> dict[str, int]:
    """How many letters lie in each pile: one query."""
    counts = {key: Count("pk", filter=Q(state__in=pile.states)) for key, pile in PILES.items()}
    return letters_at_office(actor).select_related(None).aggregate(**counts)


def pile_page(actor: Actor, pile: Pile, calendar: WorkingCalendar, *, after: str = "", today: date) -> Page:
    """From a cursor on; an unreadable cursor starts from the top."""
    field, sign = pile.by.lstrip("-"), "-" if pile.by.startswith("-") else ""
    rows = letters_at_office(actor).filter(state__in=pile.states)
    if cursor := _read_cursor(after, field):
        comparison = "lt" if sign else "gt"
        value, row_id = cursor
        rows = rows.filter(Q(**{f"{field}__{comparison}": value}) | Q(**{field: value, f"id__{comparison}": row_id}))
    found = list(rows.order_by(pile.by, f"{sign}id")[: PAGE_SIZE + 1])
    shown = found[:PAGE_SIZE]
    more = f"{getattr(shown[-1], field).isoformat()}~{shown[-1].pk.hex}" if len(found) > PAGE_SIZE else ""
    return Page([_row(letter, calendar, today) for letter in shown], more)


def _read_cursor(text: str, field: str) -> tuple | None:
    kind = date if field == "decide_by" else datetime
    try:
        value, row_id = text.split("~")
        return kind.fromisoformat(value), UUID(row_id)
    except ValueError:
        return None


def _row(letter: Letter, calendar: WorkingCalendar, today: date) -> Row:
    clock = letter_clock(letter, calendar)
    used = clock.used_on(today)
    return Row(letter, letter.person.name, clock, used, None if clock.is_stopped else clock.allowed - used)
