"""Other documents that have places in the status lists. Their apps register in their `handlers.py`."""

from collections.abc import Callable, Iterable

StandingSource = Callable[..., Iterable[tuple[int, int]]]
"""`source(list_number, *, now)` yields (position, DocumentStanding) of its documents that are not VALID: one query."""

_sources: dict[str, StandingSource] = {}


def tells_standings(source: StandingSource) -> StandingSource:
    """Register what knows the standing of one more kind of document with a `status_entry`."""
    _sources[f"{source.__module__}.{source.__qualname__}"] = source
    return source


def standing_sources() -> list[StandingSource]:
    return list(_sources.values())
