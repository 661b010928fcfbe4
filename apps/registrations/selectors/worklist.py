"""The lists of cases: the office's piles, the firm's own; one page at a time, a fixed number of queries."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from apps.core.actor import Actor
from apps.core.keyset import keyset_page
from apps.core.piles import Pile, by_key, count_piles
from apps.core.working_days import StatutoryClock, WorkingCalendar
from apps.registrations.enums import Field, State
from apps.registrations.models import Registration
from apps.registrations.selectors.cases import registrations_at_office
from apps.registrations.selectors.clock import registration_clock

PILES = by_key(
    Pile("check", _("待形式审查"), (State.FILED,), "decide_by"),
    Pile("decide", _("已受理，待决定"), (State.ACCEPTED, State.PROPOSED), "decide_by"),
    Pile("gaps", _("等事务所补正"), (State.GAPS,), "decide_by"),
    Pile("decided", _("已办结"), (State.ADMITTED, State.REFUSED, State.WITHDRAWN, State.EXPIRED), "-changed_at"),
)
FIRST_PILE = "check"


def pile_counts(actor: Actor) -> dict[str, int]:
    """How many cases lie in each pile: one query."""
    return count_piles(registrations_at_office(actor), PILES)


@dataclass(frozen=True)
class Row:
    """A line of a list: what somebody needs to choose the next case."""

    registration: Registration
    name: str
    clock: StatutoryClock | None
    used: int
    days_left: int | None

    @property
    def days_over(self) -> int:
        return max(-(self.days_left or 0), 0)


@dataclass(frozen=True)
class Page:
    rows: list[Row]
    next_cursor: str = ""


def pile_page(actor: Actor, pile: Pile, calendar: WorkingCalendar, *, after: str = "", today: date) -> Page:
    rows = registrations_at_office(actor).filter(state__in=pile.states)
    return list_page(rows, pile.by, calendar, after=after, kind=pile.kind, today=today)


def list_page(
    rows: QuerySet[Registration],
    by: str,
    calendar: WorkingCalendar,
    *,
    after: str = "",
    kind: type[date] = datetime,
    today: date,
) -> Page:
    """From a cursor on; an unreadable cursor starts from the top."""
    page = keyset_page(rows.prefetch_related("steps"), by, after=after, kind=kind)
    return Page([_row(registration, calendar, today) for registration in page.rows], page.next_cursor)


def _row(registration: Registration, calendar: WorkingCalendar, today: date) -> Row:
    clock = registration_clock(registration, calendar)
    is_running = clock is not None and not clock.is_stopped
    used = clock.used_on(today) if is_running else 0
    return Row(
        registration=registration,
        name=registration.answers.get(Field.NAME, ""),
        clock=clock,
        used=used,
        days_left=clock.allowed - used if is_running else None,
    )
