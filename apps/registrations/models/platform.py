"""What the Ministry's platform (行业统一监管平台) says, row by row, as it was imported."""

from django.db import models
from django.db.models import Q

from apps.core.fields import BlindIndexField, EncryptedTextField
from apps.core.models import Row


class PlatformResult(Row):
    """A line of the platform's results, kept whether or not the portal knows the case: reconciliation needs both."""

    association = models.ForeignKey("associations.Association", on_delete=models.PROTECT, related_name="+")
    registration = models.ForeignKey(
        "registrations.Registration", on_delete=models.PROTECT, null=True, related_name="platform_results"
    )
    data_key = models.ForeignKey("core.DataKey", on_delete=models.PROTECT, related_name="+")
    name = EncryptedTextField()
    name_index = BlindIndexField()
    identity_index = BlindIndexField()
    firm_code = models.CharField(max_length=12, blank=True)
    is_admitted = models.BooleanField()
    number = models.CharField(max_length=12, blank=True)
    """注册会计师证书编号."""
    decided_on = models.DateField()
    document_number = models.CharField(max_length=60, blank=True)
    reason = EncryptedTextField(null=True)
    import_reference = models.CharField(max_length=80)
    imported_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["association", "-decided_on"], name="platform_result_by_date"),
            models.Index(fields=["identity_index"], name="platform_result_by_identity"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["identity_index", "is_admitted", "decided_on", "number"], name="platform_result_is_kept_once"
            ),
            models.CheckConstraint(
                name="platform_admission_has_a_number", condition=Q(is_admitted=False) | ~Q(number="")
            ),
        ]
