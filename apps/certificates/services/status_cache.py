"""Status lists that were made a moment ago. A cache that is gone costs time, never an answer."""

from datetime import datetime, timedelta

from django.core.cache import cache

from apps.certificates.enums import TokenKeyState
from apps.certificates.models import TokenKey

FRESH_FOR = timedelta(minutes=1)
KEPT_FOR = timedelta(minutes=10)
"""An older list goes out only while another process is making the new one, or where that fails."""
TURN = 20
"""Seconds that one process has to make a list before another tries."""


def kept_list(number: int, *, now: datetime) -> bytes | None:
    """A list that may go out now; None where the caller has to make one."""
    key = _key(number)
    made_at, content = cache.get(key) or (None, None)
    age = now - made_at if made_at else None
    if age is None or not timedelta(0) <= age < KEPT_FOR:
        return None
    if age < FRESH_FOR:
        return content
    return None if cache.add(f"{key}.turn", 1, timeout=TURN) else content


def keep_list(number: int, content: bytes, *, now: datetime) -> None:
    key = _key(number)
    cache.set(key, (now, content), timeout=KEPT_FOR.total_seconds())
    cache.delete(f"{key}.turn")


def _key(number: int) -> str:
    """With the active key in it: what another key has signed is never handed out again."""
    key_ids = TokenKey.objects.filter(state=TokenKeyState.ACTIVE).values_list("key_id", flat=True)
    return f"certificates.status_list.{number}.{key_ids.first()}"
