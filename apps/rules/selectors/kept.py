"""Rules and calendars are few and asked for often: they are read once and kept for seconds."""

import time
from collections.abc import Callable
from typing import Any

KEPT_SECONDS = 10
"""How stale another process may be after a rule or a calendar has changed; this process forgets at once."""


class Kept:
    """A value read from the database and kept for KEPT_SECONDS."""

    def __init__(self, read: Callable[[], Any]):
        self.read, self.value, self.read_at = read, None, None

    def get(self):
        if self.read_at is None or time.monotonic() - self.read_at > KEPT_SECONDS:
            self.value, self.read_at = self.read(), time.monotonic()
        return self.value

    def forget(self):
        self.read_at = None
