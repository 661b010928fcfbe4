"""The office's work list: which cases somebody may see, in which piles, and one page of a pile at a time."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from apps.accounts.enums import Permission
from apps.accounts.policies import ALL, association_scope
from apps.applicants.enums import Field, RollMatch, Route, State
from apps.applicants.models import Application
from apps.applicants.policies import RECHECKED_STATES
from apps.applicants.selectors.clock import application_clock
from apps.applicants.selectors.declarations import has_clean_declarations
from apps.core.actor import Actor
from apps.core.clock import civil_date
from apps.core.working_days import StatutoryClock, WorkingCalendar


def applications_visible_to(actor: Actor) -> QuerySet[Application]:
    """Agrees with policies.can_view_application, case by case."""
    visible = Q(association_id__in=_reviewed_codes(actor)) & ~Q(state=State.DRAFT)
    if association_scope(actor, Permission.RECHECK_APPLICATION) == ALL:
        visible |= Q(state__in=sorted(RECHECKED_STATES))
    own = Q(user_id=actor.user_id)
    if actor.person_id is not None:
        own |= Q(person_id=actor.person_id)
    return Application.objects.filter(visible).exclude(own)


def applications_to_review(actor: Actor) -> QuerySet[Application]:
    """The part of it that belongs to the associations where the actor reviews."""
    return applications_visible_to(actor).filter(association_id__in=_reviewed_codes(actor))


def _reviewed_codes(actor: Actor) -> list[str]:
    scope = association_scope(actor, Permission.REVIEW_APPLICATION)
    return sorted(scope)


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
        Pile("decide", _("待我方决定"), (State.SUBMITTED, State.RETURNED), "decide_by"),
        Pile("waiting", _("等申请人补正"), (State.CORRECTION_REQUESTED,), "decide_by"),
        Pile("agreed", _("已同意，待报送"), (State.AGREED,), "-changed_at"),
        Pile("sent", _("中注协复核中"), (State.SENT,), "decide_by"),
        Pile("returned", _("复核退回"), (State.RETURNED,), "decide_by"),
        Pile("decided", _("已办结"), (State.CONFIRMED, State.REFUSED, State.WITHDRAWN, State.EXPIRED), "-changed_at"),
    )
}
FIRST_PILE = "decide"


def pile_counts(actor: Actor) -> dict[str, int]:
    """How many cases lie in each pile: one query."""
    counts = {key: Count("pk", filter=Q(state__in=pile.states)) for key, pile in PILES.items()}
    return applications_to_review(actor).aggregate(**counts)


@dataclass(frozen=True)
class Page:
    rows: list[Application]
    next_cursor: str = ""
    previous_cursor: str = ""


PAGE_SIZE = 50


def work_list_page(actor: Actor, pile: Pile, *, after: str = "", before: str = "", size: int = PAGE_SIZE) -> Page:
    """One page of a pile, from a cursor on; an unreadable cursor starts from the top. A fixed number of queries."""
    rows = applications_to_review(actor).filter(state__in=pile.states)
    backwards = bool(before)
    cursor = read_cursor(before or after, pile)
    if cursor is not None:
        rows = rows.filter(_beyond(cursor, pile, backwards=backwards))
    fetched = list(
        rows.select_related("data_key", "association", "batch")
        .prefetch_related("steps", "corrections")
        .order_by(*_order(pile, backwards=backwards))[: size + 1]
    )
    return _page(fetched, pile, size, backwards=backwards, started=cursor is not None)


def _page(fetched: list[Application], pile: Pile, size: int, *, backwards: bool, started: bool) -> Page:
    more = len(fetched) > size
    rows = fetched[:size]
    if backwards:
        rows.reverse()
    if not rows:
        return Page([])
    has_next, has_previous = (True, more) if backwards and started else (more, started)
    return Page(
        rows,
        next_cursor=write_cursor(rows[-1], pile) if has_next else "",
        previous_cursor=write_cursor(rows[0], pile) if has_previous else "",
    )


def _order(pile: Pile, *, backwards: bool) -> tuple[str, str]:
    descending = pile.by.startswith("-")
    sign = "-" if descending != backwards else ""
    return f"{sign}{pile.by.lstrip('-')}", f"{sign}id"


def _beyond(cursor: tuple, pile: Pile, *, backwards: bool) -> Q:
    value, row_id = cursor
    field = pile.by.lstrip("-")
    comparison = "lt" if pile.by.startswith("-") != backwards else "gt"
    return Q(**{f"{field}__{comparison}": value}) | Q(**{field: value, f"id__{comparison}": row_id})


def write_cursor(row: Application, pile: Pile) -> str:
    return f"{getattr(row, pile.by.lstrip('-')).isoformat()}~{row.pk.hex}"


def read_cursor(text: str, pile: Pile) -> tuple | None:
    kind = date if pile.by == "decide_by" else datetime
    try:
        value, row_id = text.split("~")
        return kind.fromisoformat(value), UUID(row_id)
    except ValueError:
        return None


@dataclass(frozen=True)
class Row:
    """A line of the work list: what an officer needs to choose the next case."""

    application: Application
    name: str
    clock: StatutoryClock | None
    used: int
    days_left: int | None
    age: int
    checks_green: bool

    @property
    def days_over(self) -> int:
        return max(-(self.days_left or 0), 0)


def work_list_rows(applications: list[Application], calendar: WorkingCalendar, *, today: date) -> list[Row]:
    return [_row(application, calendar, today) for application in applications]


def _row(application: Application, calendar: WorkingCalendar, today: date) -> Row:
    clock = application_clock(application, calendar)
    running = clock is not None and clock.stopped_on is None
    used = clock.used_on(today) if running else 0
    return Row(
        application=application,
        name=application.answers.get(Field.NAME, ""),
        clock=clock,
        used=used,
        days_left=clock.allowed - used if running else None,
        age=(today - civil_date(application.submitted_at)).days,
        checks_green=has_green_checks(application),
    )


def has_green_checks(application: Application) -> bool:
    """The short form of the checklist for lists: roll, route and declarations as they were at the submission."""
    return (
        application.roll_match == RollMatch.EXACT
        and application.route == Route.FRESH_PASSER
        and application.photo_id is not None
        and has_clean_declarations(application)
    )
