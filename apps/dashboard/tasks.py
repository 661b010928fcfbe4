"""The scheduler's door to what joins several rooms."""

from celery import shared_task

from apps.core import clock
from apps.core.actor import Actor
from apps.dashboard import services


@shared_task(name="dashboard.erase_by_rule")
def erase_by_rule() -> dict[str, int]:
    """Each night."""
    return services.erase_all_by_rule(actor=Actor.system("scheduler"), now=clock.now())
