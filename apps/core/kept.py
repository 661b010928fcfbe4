"""What is little and asked for often, as rules: each process reads it once and keeps it while it holds."""

import time
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.core.cache import cache

LOOKS_AGAIN_SECONDS = 1
"""How long a process may not notice that another has changed something."""
KEPT_SECONDS = 10
"""The same where the cache that carries the word is gone."""


class Kept:
    """A value read from the database and kept while the mark in the shared cache stays the same."""

    def __init__(self, name: str, read: Callable[[], Any]):
        self.name, self.read = f"kept.mark.{name}", read
        self.value, self.mark, self.read_at, self.looked_at = None, None, None, None

    def get(self):
        now = time.monotonic()
        if self.read_at is None or now - self.read_at > KEPT_SECONDS or self._is_marked_anew(now):
            self.mark, self.looked_at = cache.get(self.name), now
            self.value, self.read_at = self.read(), now
        return self.value

    def forget(self):
        """Here at once; everywhere else as soon as they look at the mark."""
        self.read_at = None
        cache.set(self.name, uuid4().hex, timeout=None)

    def forget_here(self):
        self.read_at = None

    def _is_marked_anew(self, now: float) -> bool:
        if now - self.looked_at < LOOKS_AGAIN_SECONDS:
            return False
        self.looked_at = now
        return cache.get(self.name) != self.mark
