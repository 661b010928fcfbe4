"""Celery's door to the imports."""

from celery import shared_task

from apps.core import clock
from apps.imports import services


@shared_task(name="imports.work_on_due")
def work_on_due() -> int:
    """Called on commit and by the scheduler; both at once do no harm."""
    return services.work_on_due(clock=clock.now)


@shared_task(name="imports.forget_old_archives")
def forget_old_archives() -> int:
    """Every night; twice does no harm."""
    return services.forget_old_archives(now=clock.now())
