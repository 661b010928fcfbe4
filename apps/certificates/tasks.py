"""Celery's door to evidence."""

from celery import shared_task

from apps.core import clock


@shared_task(name="certificates.repair_seals")
def repair_seals() -> int:
    """The scheduler's; two at once take different documents."""
    from apps.certificates.services.repairing import repair_due  # signing is loaded by who signs

    return repair_due(clock=clock.now)
