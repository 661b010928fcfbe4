"""Events are written with the change that caused them, and delivered after it."""

import logging
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction

from apps.outbox.enums import URGENT
from apps.outbox.models import Delivery, Event
from apps.outbox.registry import call_handler, handler_names, urgency_of

logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 8
LEASE = timedelta(seconds=60)
"""How long a claimed delivery belongs to its worker; after that it is taken for dead."""
STRETCH = timedelta(seconds=1)


def enqueue(name: str, payload: dict, *, now: datetime, due_at: datetime | None = None) -> Event:
    """Write an event in the caller's transaction, with a delivery for each handler; wake a worker on commit.

    With `due_at` nobody hears of it before that: what would be too much at once is spread.
    """
    event = Event.objects.create(name=name, payload=payload, occurred_at=now)
    handlers = {handler: urgency_of(handler) for handler in handler_names(name)}
    due_at = due_at or now
    Delivery.objects.bulk_create(
        Delivery(event=event, handler=handler, urgency=urgency, due_at=due_at) for handler, urgency in handlers.items()
    )
    if due_at <= now:
        for urgent in {urgency in URGENT for urgency in handlers.values()}:
            transaction.on_commit(partial(_wake_worker, urgent=urgent), robust=True)
    return event


def deliver_due(*, clock, limit: int = 200) -> int:
    """Deliver what is due, the oldest first, each in its own transaction; returns how many were tried.

    Safe to run in any number of processes at once: a delivery is claimed with SKIP LOCKED and a lease. `clock()` gives
    the time.
    """
    tried = 0
    while tried < limit and (delivery := _claim(now=clock())):
        _deliver(delivery, clock=clock)
        tried += 1
    return tried


def deliver_urgent(*, clock) -> int:
    """Deliver nothing but what is urgent, the most urgent first, however old the rest is.

    For a second or so: then mail that is urgent, too, has its turn, and this is called again.
    """
    tried, until = 0, clock() + STRETCH
    while delivery := _claim(urgent=True, now=clock()):
        _deliver(delivery, clock=clock)
        tried += 1
        if clock() >= until:
            _wake_worker(urgent=True)
            break
    return tried


def retry_dead_delivery(delivery_id, *, now: datetime) -> None:
    """Give a delivery that failed too often another round of attempts."""
    Delivery.objects.filter(pk=delivery_id, state=Delivery.State.DEAD).update(
        state=Delivery.State.PENDING, attempts=0, due_at=now
    )
    transaction.on_commit(partial(_wake_worker, urgent=False), robust=True)


def _claim(*, urgent: bool = False, now: datetime) -> Delivery | None:
    with transaction.atomic():
        rows = Delivery.objects.select_for_update(skip_locked=True, of=("self",)).select_related("event")
        due = rows.filter(state=Delivery.State.PENDING, due_at__lte=now)
        if urgent:
            due = due.filter(urgency__in=sorted(URGENT)).order_by("urgency", "due_at", "id")
        delivery = (due if urgent else due.order_by("due_at", "id")).first()
        if delivery is None:
            return None
        delivery.attempts += 1
        delivery.due_at = now + LEASE
        delivery.save(update_fields=["attempts", "due_at"])
        return delivery


def _deliver(delivery: Delivery, *, clock) -> None:
    try:
        call_handler(delivery.handler, delivery.event.payload, now=clock())
    except Exception as error:
        logger.exception("delivery %s of %s to %s failed", delivery.pk, delivery.event.name, delivery.handler)
        _note_failure(delivery, error, now=clock())
    else:
        _still_pending(delivery).update(state=Delivery.State.DONE, done_at=clock(), last_error="")


def _note_failure(delivery: Delivery, error: Exception, *, now: datetime) -> None:
    exhausted = delivery.attempts >= MAX_ATTEMPTS
    _still_pending(delivery).update(
        state=Delivery.State.DEAD if exhausted else Delivery.State.PENDING,
        due_at=now + timedelta(seconds=5 * 2**delivery.attempts),
        last_error=f"{type(error).__name__}: {error}"[:500],
    )


def _still_pending(delivery: Delivery):
    return Delivery.objects.filter(pk=delivery.pk, state=Delivery.State.PENDING)


def _wake_worker(*, urgent: bool = False) -> None:
    """Best effort: if the broker is gone, the sweep finds the delivery within seconds."""
    from apps.outbox import tasks

    try:
        (tasks.deliver_urgent if urgent else tasks.deliver_due).delay()
    except Exception:
        logger.warning("the broker does not answer; the sweep will deliver", exc_info=True)
