"""One page of a view, and how many cases a view holds, at a price that does not grow with the list.

Every (association, state) is read along its index from the cursor on, and only as far as the page needs; the pieces
are merged. So the last page of fifty thousand costs what the first one costs.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Q, QuerySet

from apps.applicants.models import Application
from apps.applicants.selectors.claims import is_free
from apps.applicants.selectors.desk_view import MINE, NOBODY, PILES, DeskView, narrowed
from apps.applicants.selectors.worklist import applications_to_review, reviewed_codes
from apps.associations.selectors import users_covered_by
from apps.core.actor import Actor
from apps.core.clock import civil_date
from apps.core.keyset import PAGE_SIZE, beyond, read_key, write_key
from apps.core.working_days import WorkingCalendar

COUNTED = 999
"""As far as the counts of views go; beyond that a number tells nobody more than "very many"."""


@dataclass(frozen=True)
class Page:
    rows: list[Application]
    next_cursor: str = ""
    previous_cursor: str = ""


def pieces(
    actor: Actor, view: DeskView, calendar: WorkingCalendar, *, now: datetime, visible: QuerySet | None = None
) -> list[QuerySet[Application]]:
    """The view's cases, cut by association and state: each piece lies in order in an index.

    `visible` are the actor's cases where they were asked for already: several views ask once.
    """
    condition = narrowed(view, calendar, today=civil_date(now))
    officers = [actor.user_id, *users_covered_by(actor.user_id, on=civil_date(now))] if view.officer == MINE else []
    visible = (applications_to_review(actor) if visible is None else visible).filter(condition)
    return [
        visible.filter(_whose(view, officers, code, now), association_id=code, state=state)
        for code in reviewed_codes(actor)
        for state in view.states
    ]


def _whose(view: DeskView, officers: list[int], code: str, now: datetime) -> Q:
    if not view.officer:
        return Q()
    free = is_free(code, now)
    if view.officer == NOBODY:
        return free
    return Q(officer__in=officers or [int(view.officer)]) & ~free


def work_list_page(
    actor: Actor,
    view: DeskView,
    calendar: WorkingCalendar,
    *,
    now: datetime,
    after: str = "",
    before: str = "",
    size: int = PAGE_SIZE,
) -> Page:
    """One page of a view, from a cursor on; an unreadable cursor starts from the top. A fixed number of queries."""
    backwards = bool(before)
    cursor = read_cursor(before or after, view)
    keys = _keys(pieces(actor, view, calendar, now=now), view, cursor, size + 1, backwards=backwards)
    return _page(_rows_of(keys[:size], backwards=backwards), view, len(keys) > size, backwards, cursor is not None)


def _keys(parts: list[QuerySet], view: DeskView, cursor, limit: int, *, backwards: bool) -> list[UUID]:
    field, order = view.by.lstrip("-"), order_of(view, backwards=backwards)
    if cursor is not None:
        descending = view.by.startswith("-") != backwards
        parts = [part.filter(beyond(field, cursor, descending=descending)) for part in parts]
    cut = [part.order_by(*order).values_list(field, "id")[:limit] for part in parts]
    if not cut:
        return []
    merged = cut[0] if len(cut) == 1 else cut[0].union(*cut[1:], all=True).order_by(*order)[:limit]
    return [key for _value, key in merged]


def _rows_of(keys: list[UUID], *, backwards: bool) -> list[Application]:
    cases = Application.objects.filter(pk__in=keys).select_related("data_key", "association", "officer")
    by_key = {case.pk: case for case in cases.prefetch_related("steps")} if keys else {}
    rows = [by_key[key] for key in keys if key in by_key]
    return rows[::-1] if backwards else rows


def _page(rows: list[Application], view: DeskView, more: bool, backwards: bool, started: bool) -> Page:
    if not rows:
        return Page([])
    has_next, has_previous = (True, more) if backwards and started else (more, started)
    return Page(
        rows,
        next_cursor=write_cursor(rows[-1], view) if has_next else "",
        previous_cursor=write_cursor(rows[0], view) if has_previous else "",
    )


def order_of(view: DeskView, *, backwards: bool = False) -> tuple[str, str]:
    descending = view.by.startswith("-")
    sign = "-" if descending != backwards else ""
    return f"{sign}{view.by.lstrip('-')}", f"{sign}id"


def write_cursor(row: Application, view: DeskView) -> str:
    return write_key(row, view.by.lstrip("-"))


def read_cursor(text: str, view: DeskView) -> tuple | None:
    return read_key(text, date if view.by == "decide_by" else datetime)


def view_counts(
    actor: Actor, views: dict[str, DeskView], calendar: WorkingCalendar, *, now: datetime
) -> dict[str, int]:
    """How many cases each view holds, counted as far as COUNTED + 1: one query for all."""
    counted, params, visible = [], [], applications_to_review(actor)
    for view in views.values():
        sql, values = _counting(pieces(actor, view, calendar, now=now, visible=visible))
        counted.append(sql)
        params += values
    if not counted:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(counted)}", params)
        return dict(zip(views, cursor.fetchone(), strict=True))


def pile_counts(actor: Actor, calendar: WorkingCalendar, *, now: datetime) -> dict[str, int]:
    return view_counts(actor, {key: DeskView(key) for key in PILES}, calendar, now=now)


def _counting(parts: list[QuerySet]) -> tuple[str, list]:
    """SQL that counts the pieces together, each read no further than needed."""
    selects, params = [], []
    for part in parts:
        try:
            sql, values = part.order_by().values("pk")[: COUNTED + 1].query.sql_with_params()
        except EmptyResultSet:
            continue
        selects.append(f"SELECT 1 FROM ({sql}) AS piece")
        params += values
    if not selects:
        return "0", []
    return f"(SELECT COUNT(*) FROM ({' UNION ALL '.join(selects)} LIMIT {COUNTED + 1}) AS counted)", params
