"""The scheduler's door to letters."""

from celery import shared_task

from apps.core import clock


@shared_task(name="letters.reissue_due")
def reissue_due() -> int:
    """Each minute: letters of a compromised seal key, as soon as another one seals."""
    from apps.letters.services.reissuing import reissue_due as reissue  # sealing is loaded by who seals

    return reissue(clock=clock.now)
