"""Base classes of rows, and the data keys under which personal fields are sealed."""

from uuid import UUID

from django.db import models
from uuid_utils.compat import uuid7

from apps.core.triggers import append_only


def new_id() -> UUID:
    """A UUIDv7: sorts by time of creation, so it never stands in a public address."""
    return uuid7()


class Row(models.Model):
    """The base of every domain row."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)

    class Meta:
        abstract = True


class StepRow(Row):
    """One step in the history of a case, which is its `steps`: clocks are computed from these, never counted along."""

    at = models.DateTimeField()
    actor_label = models.CharField(max_length=120)
    actor_user_id = models.BigIntegerField(null=True)

    class Meta:
        abstract = True
        triggers = append_only()


class DataKey(Row):
    """A person's own key, wrapped by the master key. Destroying it erases every field sealed under it."""

    wrapped = models.BinaryField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    destroyed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="data_key_is_whole_or_destroyed",
                condition=models.Q(wrapped__isnull=True, destroyed_at__isnull=False)
                | models.Q(wrapped__isnull=False, destroyed_at__isnull=True),
            )
        ]
