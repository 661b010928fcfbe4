"""The scheduler's door to practising registration. Every tick is harmless when doubled."""

from celery import shared_task

from apps.core import clock
from apps.core.actor import Actor
from apps.registrations.services import checking


@shared_task(name="registrations.expire_gaps")
def expire_gaps() -> list[str]:
    """Each night, after the last day of a list of gaps."""
    return checking.expire_gaps(actor=Actor.system("scheduler"), now=clock.now())
