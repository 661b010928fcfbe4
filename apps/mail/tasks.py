"""Celery's door to the mail."""

from celery import shared_task

from apps.core import clock
from apps.mail import services


@shared_task(name="mail.send_due")
def send_due() -> int:
    """Called on commit and by the scheduler; both at once do no harm."""
    return services.send_due(clock=clock.now)


@shared_task(name="mail.send_urgent")
def send_urgent() -> int:
    """On the queue of what is urgent; all but one of several at once leave again, so that nobody's letter waits."""
    return services.send_urgent(clock=clock.now)
