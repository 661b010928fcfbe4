"""Logs go to standard error, one event a line; people's data never goes there."""

# A worker looks every few seconds; that it found nothing is no news. What fails is logged as an error all the same.
_TOO_TALKATIVE = ("weasyprint", "fontTools", "pikepdf", "pyhanko", "httpx", "celery.app.trace", "celery.beat")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {name: {"level": "WARNING"} for name in _TOO_TALKATIVE},
    "root": {"handlers": ["stderr"], "level": "INFO"},
}
