"""The record of who did what. Written once, in the transaction of the act, and never touched again."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models

from apps.core.models import Row
from apps.core.triggers import append_only


class Record(Row):
    """No foreign keys: the record outlives what it speaks of. Personal parts are sealed under the person's key."""

    at = models.DateTimeField()
    action = models.CharField(max_length=80)
    """`noun.verb_past`, as `application.confirmed`."""
    actor_kind = models.CharField(max_length=12)
    actor_label = models.CharField(max_length=120)
    actor_user_id = models.BigIntegerField(null=True)
    actor_person_id = models.UUIDField(null=True)
    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=64)
    case = models.CharField(max_length=40, blank=True)
    purpose = models.CharField(max_length=200, blank=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    personal = models.BinaryField(null=True)
    data_key_id = models.UUIDField(null=True)
    read_ids = models.JSONField(null=True)
    """For a bulk read: the ids that were read."""

    class Meta:
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "at"], name="audit_by_subject"),
            models.Index(fields=["case", "at"], name="audit_by_case"),
            GinIndex(fields=["read_ids"], name="audit_by_read_ids"),
        ]
        triggers = append_only()
