"""A case that rests on the desk until a day. The statutory clock knows nothing of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from apps.core.fields import EncryptedTextField
from apps.core.models import Row


class Hold(Row):
    """Rests up to and including `until`; over by itself on the next day, or when it is lifted."""

    application = models.ForeignKey("applicants.Application", on_delete=models.CASCADE, related_name="holds")
    data_key = models.ForeignKey("core.DataKey", on_delete=models.PROTECT, related_name="+")
    reason_code = models.CharField(max_length=60)
    """From the catalogue in rules, kind `hold`."""
    note = EncryptedTextField(null=True)
    until = models.DateField()
    placed_at = models.DateTimeField()
    placed_on = models.DateField()
    placed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    placer_label = models.CharField(max_length=120)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["application", "until"], name="hold_of_case")]
        constraints = [
            models.CheckConstraint(name="hold_has_a_reason", condition=~Q(reason_code="")),
            models.CheckConstraint(name="hold_ends_after_it_begins", condition=Q(until__gt=models.F("placed_on"))),
            models.CheckConstraint(
                name="lifted_hold_has_its_author",
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True)
                | Q(lifted_at__gte=models.F("placed_at"), lifted_by__isnull=False),
            ),
        ]
