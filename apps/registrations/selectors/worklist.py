"""The lists of cases: the office's piles, the firm's own; one page at a time, a fixed number of queries."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from apps.core.actor import Actor
from apps.core.working_days import StatutoryClock, WorkingCalendar
from apps.registrations.enums import Field, State
from apps.registrations.models import Registration
from apps.registrations.selectors.cases import registrations_at_office
from apps.registrations.selectors.clock import registration_clock

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
        Pile("check", _("待形式审查"), (State.FILED,), "decide_by"),
        Pile("decide", _("已受理，待决定"), (State.ACCEPTED, State.PROPOSED), "decide_by"),
        Pile("gaps", _("等事务所补正"), (State.GAPS,), "decide_by"),
        Pile("decided", _("已办结"), (State.ADMITTED, State.REFUSED, State.WITHDRAWN, State.EXPIRED), "-changed_at"),
    )
}
FIRST_PILE = "check"


def pile_counts(actor: Actor) -> dict[str, int]:
    """How many cases lie in each pile: one query."""
    counts = {key: Count("pk", filter=Q(state__in=pile.states)) for key, pile in PILES.items()}
    return registrations_at_office(actor).select_related(None).aggregate(**counts)


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
    return list_page(rows, pile.by, calendar, after=after, today=today)


def list_page(
    rows: QuerySet[Registration], by: str, calendar: WorkingCalendar, *, after: str = "", today: date
) -> Page:
    """From a cursor on; an unreadable cursor starts from the top."""
    field, sign = by.lstrip("-"), "-" if by.startswith("-") else ""
    if cursor := read_cursor(after, field):
        comparison = "lt" if sign else "gt"
        value, row_id = cursor
        rows = rows.filter(Q(**{f"{field}__{comparison}": value}) | Q(**{field: value, f"id__{comparison}": row_id}))
    found = list(rows.prefetch_related("steps").order_by(by, f"{sign}id")[: PAGE_SIZE + 1])
    shown = found[:PAGE_SIZE]
    more = write_cursor(shown[-1], field) if len(found) > PAGE_SIZE else ""
    return Page([_row(registration, calendar, today) for registration in shown], more)


def write_cursor(registration: Registration, field: str) -> str:
    return f"{getattr(registration, field).isoformat()}~{registration.pk.hex}"


def read_cursor(text: str, field: str) -> tuple | None:
    kind = date if field == "decide_by" else datetime
    try:
        value, row_id = text.split("~")
        return kind.fromisoformat(value), UUID(row_id)
    except ValueError:
        return None


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
