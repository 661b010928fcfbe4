"""一次性告知: everything that must be corrected, asked for at once."""

from django.db import models
from django.db.models import F, Q

from apps.applicants.enums import Field
from apps.core.fields import EncryptedTextField
from apps.core.models import Row


class CorrectionRequest(Row):
    """The association's clock rests from `requested_at` until `answered_at`."""

    application = models.ForeignKey("applicants.Application", on_delete=models.CASCADE, related_name="corrections")
    requested_at = models.DateTimeField()
    requested_by_label = models.CharField(max_length=120)
    answer_by = models.DateField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(answered_at__isnull=True),
                name="one_open_correction_per_application",
            ),
            models.CheckConstraint(
                name="correction_is_answered_after_it_is_asked",
                condition=Q(answered_at__isnull=True) | Q(answered_at__gte=F("requested_at")),
            ),
        ]


class CorrectionItem(Row):
    """One field and what is wrong with it, in the officer's words, sealed under the application's key."""

    request = models.ForeignKey(CorrectionRequest, on_delete=models.CASCADE, related_name="items")
    field = models.CharField(max_length=24, choices=Field)
    note = EncryptedTextField()
    data_key = models.ForeignKey("core.DataKey", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "field"], name="one_item_per_field")]
