"""Events that happened, and for each handler whether it has heard of them."""

from django.db import models

from apps.core.models import Row
from apps.core.triggers import append_only
from apps.outbox.enums import URGENT, Urgency


class Event(Row):
    """Committed with the change it tells of. The payload carries ids and codes, never personal data."""

    name = models.CharField(max_length=80)
    payload = models.JSONField()
    occurred_at = models.DateTimeField()

    class Meta:
        triggers = append_only(deletable=True)


class Delivery(Row):
    class State(models.TextChoices):
        PENDING = "pending"
        DONE = "done"
        DEAD = "dead"

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="deliveries")
    handler = models.CharField(max_length=120)
    urgency = models.PositiveSmallIntegerField(choices=Urgency, default=Urgency.IN_TURN)
    state = models.CharField(max_length=8, choices=State, default=State.PENDING)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    """Claiming moves it into the future: if the worker dies, the delivery comes due again by itself."""
    done_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "handler"], name="one_delivery_per_handler"),
            models.CheckConstraint(
                name="done_delivery_has_time",
                condition=models.Q(state="done", done_at__isnull=False)
                | (~models.Q(state="done") & models.Q(done_at__isnull=True)),
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="delivery_due", condition=models.Q(state="pending")),
            models.Index(
                fields=["urgency", "due_at"],
                name="urgent_delivery_due",
                condition=models.Q(state="pending", urgency__in=sorted(URGENT)),
            ),
        ]
