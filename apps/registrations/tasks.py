"""The scheduler's doors to practising registration. Every tick is harmless when doubled."""

from celery import shared_task

from apps.core import clock
from apps.core.actor import Actor
from apps.registrations.services import expiry, reminders


@shared_task(name="registrations.expire_gaps")
def expire_gaps() -> list[str]:
    """Each night, after the last day of a list of gaps."""
    return expiry.expire_gaps(actor=Actor.system("scheduler"), now=clock.now())


@shared_task(name="registrations.remind_of_gaps")
def remind_of_gaps() -> int:
    """Each morning."""
    return reminders.remind_of_gaps(actor=Actor.system("scheduler"), now=clock.now())
