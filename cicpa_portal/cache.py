"""A cache that may disappear: limits go on in this process's memory while Redis does not answer."""

import logging
import time

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

PAUSE = 5.0
"""Seconds without asking Redis after it failed, so that no request waits for it twice."""


class DegradingRedisCache(RedisCache):
    """Redis, or a local memory where Redis fails. Signing in must work when the cache is gone."""

    def __init__(self, server, params):
        super().__init__(server, params)
        self._memory = LocMemCache(f"fallback:{server}", params)
        self._asleep_until = 0.0

    def _either(self, name, *args, **kwargs):
        if time.monotonic() >= self._asleep_until:
            try:
                return getattr(super(), name)(*args, **kwargs)
            except (RedisError, OSError) as error:
                logger.warning("the cache does not answer (%s); counting in memory", type(error).__name__)
                self._asleep_until = time.monotonic() + PAUSE
        return getattr(self._memory, name)(*args, **kwargs)

    def add(self, *args, **kwargs):
        return self._either("add", *args, **kwargs)

    def get(self, *args, **kwargs):
        return self._either("get", *args, **kwargs)

    def set(self, *args, **kwargs):
        return self._either("set", *args, **kwargs)

    def touch(self, *args, **kwargs):
        return self._either("touch", *args, **kwargs)

    def delete(self, *args, **kwargs):
        return self._either("delete", *args, **kwargs)

    def get_many(self, *args, **kwargs):
        return self._either("get_many", *args, **kwargs)

    def has_key(self, *args, **kwargs):
        return self._either("has_key", *args, **kwargs)

    def incr(self, *args, **kwargs):
        return self._either("incr", *args, **kwargs)

    def set_many(self, *args, **kwargs):
        return self._either("set_many", *args, **kwargs)

    def delete_many(self, *args, **kwargs):
        return self._either("delete_many", *args, **kwargs)

    def clear(self):
        return self._either("clear")
