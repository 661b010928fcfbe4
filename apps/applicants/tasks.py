"""The scheduler's doors to the joining process. Every tick is harmless when doubled."""

from celery import shared_task

from apps.applicants.services import batches, checks, draft_erasure, expiry, reminders, roll_photos
from apps.core import clock
from apps.core.actor import Actor


@shared_task(name="applicants.send_open_batches")
def send_open_batches() -> list[str]:
    """Each working-day evening."""
    return batches.send_open_batches(actor=Actor.system("scheduler"), now=clock.now())


@shared_task(name="applicants.expire_corrections")
def expire_corrections() -> list[str]:
    """Each night, after the last day of a correction."""
    return expiry.expire_corrections(actor=Actor.system("scheduler"), now=clock.now())


@shared_task(name="applicants.remind_applicants")
def remind_applicants() -> int:
    """Each morning."""
    return reminders.remind_applicants(actor=Actor.system("scheduler"), now=clock.now())


@shared_task(name="applicants.erase_old_drafts")
def erase_old_drafts() -> int:
    """Each night."""
    return draft_erasure.erase_old_drafts(actor=Actor.system("scheduler"), now=clock.now())


@shared_task(name="applicants.recompute_checks")
def recompute_checks() -> int:
    """Each night, after a day on which rolls may have been imported and people admitted."""
    return checks.recompute_checks(today=clock.today())


@shared_task(name="applicants.forget_roll_photos")
def forget_roll_photos() -> int:
    """Each night."""
    return roll_photos.forget_roll_photos(now=clock.now())
