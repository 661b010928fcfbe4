from django.db.models import QuerySet

from apps.outbox.models import Delivery


def dead_deliveries() -> QuerySet[Delivery]:
    """What failed too often and waits for an operator, oldest first."""
    return Delivery.objects.filter(state=Delivery.State.DEAD).select_related("event").order_by("event__occurred_at")
