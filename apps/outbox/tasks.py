"""Celery's door to the outbox."""

from celery import shared_task

from apps.core import clock
from apps.outbox import services


@shared_task(name="outbox.deliver_due")
def deliver_due() -> int:
    """Called on commit and by the scheduler; both at once do no harm."""
    return services.deliver_due(clock=clock.now)


@shared_task(name="outbox.deliver_urgent")
def deliver_urgent() -> int:
    """On a queue of its own, with a worker that does nothing else."""
    return services.deliver_urgent(clock=clock.now)
