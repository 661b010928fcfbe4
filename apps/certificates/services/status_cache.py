"""Status lists that were made a moment ago. A cache that is gone costs time, never an answer."""

from datetime import datetime, timedelta

from django.core.cache import cache

from apps.certificates.selectors.status_lists import last_list_number

FRESH_FOR = timedelta(minutes=1)
KEPT_FOR = timedelta(minutes=10)
"""An older list goes out only while another process is making the new one, or where that fails."""
TURN = 20
"""Seconds that one process has to make a list before another tries."""


def kept_list(number: int, *, now: datetime) -> bytes | None:
    """A list that may go out now; None where the caller has to make one."""
    made_at, content = cache.get(_key(number)) or (None, None)
    age = now - made_at if made_at else None
    if age is None or not timedelta(0) <= age < KEPT_FOR:
        return None
    if age < FRESH_FOR:
        return content
    return None if cache.add(_turn(number), 1, timeout=TURN) else content


def keep_list(number: int, content: bytes, *, now: datetime) -> None:
    cache.set(_key(number), (now, content), timeout=KEPT_FOR.total_seconds())
    cache.delete(_turn(number))


def forget_status_lists() -> None:
    """After a key was revoked: what it signed would be refused."""
    cache.delete_many([_key(number) for number in range(1, last_list_number() + 1)])


def _key(number: int) -> str:
    return f"certificates.status_list.{number}"


def _turn(number: int) -> str:
    return f"{_key(number)}.turn"
