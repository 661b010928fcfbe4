"""Names that no installed font can print: each a task for the office, never a box on a certificate."""

from django.db import models
from django.db.models import Q

from apps.core.fields import EncryptedTextField
from apps.core.models import Row


class NameTask(Row):
    """Which characters of a member's certificate wait for a font."""

    membership = models.ForeignKey("members.Membership", on_delete=models.PROTECT, related_name="+")
    data_key = models.ForeignKey("core.DataKey", on_delete=models.PROTECT, related_name="+")
    characters = EncryptedTextField()
    """They are a part of a name, so they are sealed under the person's key."""
    since = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["membership"], name="one_open_name_task", condition=Q(resolved_at__isnull=True)
            )
        ]
