"""Which handlers listen to which events. Handlers register in their app's `handlers.py`."""

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime

from apps.outbox.enums import Urgency

Handler = Callable[..., None]

_names_by_event: dict[str, list[str]] = defaultdict(list)
_handlers: dict[str, Handler] = {}
_urgencies: dict[str, Urgency] = {}


def handles(event_name: str, *, urgency: Urgency = Urgency.IN_TURN) -> Callable[[Handler], Handler]:
    """Register `handler(payload, *, now)` for an event. It is called at least once, so it must be repeatable.

    An urgent one is called by the worker that is kept free for these: it must be short.
    """

    def register(handler: Handler) -> Handler:
        name = f"{handler.__module__}.{handler.__qualname__}"
        _handlers[name] = handler
        _urgencies[name] = urgency
        if name not in _names_by_event[event_name]:
            _names_by_event[event_name].append(name)
        return handler

    return register


def handler_names(event_name: str) -> list[str]:
    return list(_names_by_event[event_name])


def urgency_of(name: str) -> Urgency:
    return _urgencies.get(name, Urgency.IN_TURN)


def call_handler(name: str, payload: dict, *, now: datetime) -> None:
    """Raises KeyError where no such handler exists any more."""
    _handlers[name](payload, now=now)
