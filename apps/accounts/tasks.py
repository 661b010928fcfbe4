"""Celery's door to accounts."""

from celery import shared_task

from apps.accounts import services
from apps.core import clock


@shared_task(name="accounts.forget_old_codes")
def forget_old_codes() -> int:
    return services.forget_old_codes(now=clock.now())
