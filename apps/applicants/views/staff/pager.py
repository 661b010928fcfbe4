"""Which page of a list the address asks for, and the addresses of the next and the previous one."""

from datetime import date, datetime
from urllib.parse import urlencode

from apps.core.keyset import KeysetPage, keyset_page


def page_asked_for(request, rows, by: str, *, kind: type[date] = datetime, name: str = "") -> KeysetPage:
    """`name` tells two lists of one page apart."""
    after, before = (request.GET.get(f"{name}{side}", "") for side in ("after", "before"))
    return keyset_page(rows, by, after=after, before=before, kind=kind)


def pager_of(page: KeysetPage, *, name: str = "") -> dict:
    """For components/pager.html."""
    return {
        "next_url": _query(f"{name}after", page.next_cursor),
        "previous_url": _query(f"{name}before", page.previous_cursor),
    }


def _query(name: str, cursor: str) -> str:
    return f"?{urlencode({name: cursor})}" if cursor else ""
