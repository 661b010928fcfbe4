"""Celery's door to evidence."""

from celery import shared_task

from apps.core import clock
from apps.core.actor import Actor


@shared_task(name="certificates.repair_seals")
def repair_seals() -> int:
    """The scheduler's; two at once take different documents."""
    from apps.certificates.services.renewing import renew_due  # signing is loaded by who signs
    from apps.certificates.services.repairing import repair_due

    return repair_due(clock=clock.now) + renew_due(clock=clock.now)


@shared_task(name="certificates.share_stamps")
def share_stamps() -> int:
    """The scheduler's; two at once take different batches."""
    from apps.certificates.services.shared_stamps import share_stamps as share

    return share(clock=clock.now)


@shared_task(name="certificates.work_on_runs")
def work_on_runs() -> int:
    """Called on commit and by the scheduler; any number at once share the work."""
    from apps.certificates.services.runs import work_on_runs as work  # drawing is loaded by who draws

    return work(clock=clock.now)


@shared_task(name="certificates.retry_names")
def retry_names() -> int:
    """Each hour: names that waited for a font which is there now."""
    from apps.certificates.services.runs import retry_names as retry

    return retry(actor=Actor.system("scheduler"), now=clock.now())
