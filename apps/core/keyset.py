"""A page of any list in the order of a column and the id, read from a cursor on: the last costs what the first does."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import F, Func, QuerySet, TextField, Value
from django.db.models.lookups import GreaterThan, LessThan

PAGE_SIZE = 50


class RowOf(Func):
    """ROW(a, b): PostgreSQL compares it along an index of (a, b)."""

    function = "ROW"
    output_field = TextField()


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


def beyond(field: str, key: tuple, *, descending: bool = False):
    """What comes after a row in the order of (field, id)."""
    comparison = LessThan if descending else GreaterThan
    return comparison(RowOf(F(field), F("id")), RowOf(*(Value(value) for value in key)))


def write_key(row, field: str) -> str:
    return f"{getattr(row, field).isoformat()}~{row.pk.hex}"


def read_key(text: str, kind: type[date]) -> tuple | None:
    """None for what is no cursor: the list then starts from its top."""
    try:
        value, row_id = text.split("~")
        return kind.fromisoformat(value), UUID(row_id)
    except ValueError:
        return None
