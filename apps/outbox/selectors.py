from datetime import datetime

from django.db.models import Count, Min, Q, QuerySet

from apps.outbox.models import Delivery


def dead_deliveries() -> QuerySet[Delivery]:
    """What failed too often and waits for an operator, oldest first."""
    return Delivery.objects.filter(state=Delivery.State.DEAD).select_related("event").order_by("event__occurred_at")


def backlog(*, now: datetime) -> dict[str, int]:
    """How many deliveries wait, how many failed for good, and how long the oldest due one has been waiting."""
    pending = Q(state=Delivery.State.PENDING)
    counts = Delivery.objects.exclude(state=Delivery.State.DONE).aggregate(
        waiting=Count("id", filter=pending),
        dead=Count("id", filter=~pending),
        oldest=Min("due_at", filter=pending & Q(due_at__lte=now)),
    )
    oldest = counts.pop("oldest")
    return {**counts, "oldest_seconds": int((now - oldest).total_seconds()) if oldest else 0}


def lock_dead_delivery(delivery_id) -> Delivery | None:
    """The delivery, locked, if it is (still) dead."""
    dead = Delivery.objects.select_for_update(of=("self",)).filter(state=Delivery.State.DEAD)
    return dead.filter(pk=delivery_id).first()
