"""Acts of an operator that join rooms which do not know each other."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from apps.accounts.enums import Permission
from apps.accounts.policies import has_permission
from apps.audit.services import record
from apps.core.actor import Actor
from apps.core.errors import NotPermitted
from apps.outbox.selectors import lock_dead_delivery
from apps.outbox.services import retry_dead_delivery


@transaction.atomic
def retry_delivery(*, actor: Actor, delivery_id: UUID, now: datetime) -> None:
    """Give a delivery that failed for good another round. One that is dead no longer stays as it is: twice is once."""
    if not has_permission(actor, Permission.OPERATE):
        raise NotPermitted
    delivery = lock_dead_delivery(delivery_id)
    if delivery is None:
        return
    retry_dead_delivery(delivery_id, now=now)
    # not the error: it may quote a character of somebody's name
    facts = {"handler": delivery.handler, "attempts": delivery.attempts}
    record(actor, "delivery.retried", delivery, now=now, before=facts)
