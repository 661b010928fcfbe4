"""The cache holds counters of limits and nothing that may not be lost: database 1, apart from the broker's 0."""

from cicpa_portal.settings.mode import PRODUCTION, TESTING, env

REDIS_URL = env.str("REDIS_URL", "" if PRODUCTION else "redis://127.0.0.1:16379")
if not REDIS_URL:
    raise SystemExit("Production needs REDIS_URL (or REDIS_URL_FILE): redis://HOST:6379.")

CACHES = {
    "default": (
        {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
        if TESTING
        else {
            "BACKEND": "cicpa_portal.cache.DegradingRedisCache",
            "LOCATION": f"{REDIS_URL.rstrip('/')}/1",
            "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1},
        }
    )
}
