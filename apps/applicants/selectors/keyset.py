"""A page of any list in the order of a column and the id, read from a cursor on: the last costs what the first does."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from apps.applicants.selectors.desk_page import PAGE_SIZE, beyond, read_key, write_key


@dataclass(frozen=True)
class KeysetPage:
    rows: list
    next_cursor: str = ""
    previous_cursor: str = ""


def keyset_page(
    rows: QuerySet, by: str, *, after: str = "", before: str = "", kind: type[date] = datetime, size: int = PAGE_SIZE
) -> KeysetPage:
    """`by`: a column, "-" before it for the latest first; `kind`: what it holds. No cursor: from the top."""
    field, backwards, cursor = by.lstrip("-"), bool(before), read_key(before or after, kind)
    descending = by.startswith("-") != backwards
    sign = "-" if descending else ""
    rows = rows.order_by(f"{sign}{field}", f"{sign}id")
    if cursor is not None:
        rows = rows.filter(beyond(field, cursor, descending=descending))
    found = list(rows[: size + 1])
    shown, more = found[:size], len(found) > size
    if not shown:
        return KeysetPage([])
    shown = shown[::-1] if backwards else shown
    has_next, has_previous = (True, more) if backwards and cursor else (more, cursor is not None)
    return KeysetPage(
        shown, write_key(shown[-1], field) if has_next else "", write_key(shown[0], field) if has_previous else ""
    )
