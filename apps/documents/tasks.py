"""Celery's door to the documents."""

from celery import shared_task

from apps.core import clock
from apps.documents import services


@shared_task(name="documents.check_due_uploads")
def check_due_uploads() -> int:
    """Called on commit and by the scheduler; both at once do no harm."""
    return services.check_due_uploads(clock=clock.now)


@shared_task(name="documents.sweep_files")
def sweep_files() -> int:
    """Each night: bytes without a row."""
    return services.sweep_files(now=clock.now())
