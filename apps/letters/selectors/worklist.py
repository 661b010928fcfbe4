"""The office's piles of letters: one page at a time, a fixed number of queries."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from apps.core.actor import Actor
from apps.core.keyset import keyset_page
from apps.core.piles import Pile, by_key, count_piles
from apps.core.working_days import StatutoryClock, WorkingCalendar
from apps.letters.enums import State
from apps.letters.models import Letter
from apps.letters.selectors.clock import letter_clock
from apps.letters.selectors.letters import letters_at_office

PILES = by_key(
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
    return count_piles(letters_at_office(actor), PILES)


def pile_page(actor: Actor, pile: Pile, calendar: WorkingCalendar, *, after: str = "", today: date) -> Page:
    """From a cursor on; an unreadable cursor starts from the top."""
    rows = letters_at_office(actor).filter(state__in=pile.states)
    page = keyset_page(rows, pile.by, after=after, kind=pile.kind)
    return Page([_row(letter, calendar, today) for letter in page.rows], page.next_cursor)


def _row(letter: Letter, calendar: WorkingCalendar, today: date) -> Row:
    clock = letter_clock(letter, calendar)
    used = clock.used_on(today)
    return Row(letter, letter.person.name, clock, used, None if clock.is_stopped else clock.allowed - used)
