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
    changed_fields = models.JSONField(default=list)
    """Which answers the applicant's answer changed (names only): the next round may ask about these."""
    opened_at = models.DateTimeField(null=True)
    """When the applicant first saw what is asked: from then on nobody can say that they were not told."""
    told_at = models.DateTimeField(null=True)
    """When an officer told the applicant on the phone, after the messages had come back."""
    told_by_label = models.CharField(max_length=120, blank=True)
    tellings = models.PositiveSmallIntegerField(default=1)
    """How often the applicant was told, each time with new days to answer: an officer may write again, or phone."""

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
            models.CheckConstraint(
                name="who_told_the_applicant_is_named",
                condition=Q(told_at__isnull=True, told_by_label="") | (Q(told_at__isnull=False) & ~Q(told_by_label="")),
            ),
        ]


class CorrectionItem(Row):
    """One field and what is wrong with it, in the officer's words, sealed under the application's key."""

    request = models.ForeignKey(CorrectionRequest, on_delete=models.CASCADE, related_name="items")
    field = models.CharField(max_length=24, choices=Field)
    note = EncryptedTextField()
    late_reason = EncryptedTextField(null=True)
    """Why this is asked only now, though nothing about it has changed. The national body reads it."""
    data_key = models.ForeignKey("core.DataKey", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "field"], name="one_item_per_field")]
