"""全科合格名单: who passed all subjects, as the exam office reports it."""

from django.db import models

from apps.core.fields import BlindIndexField, EncryptedTextField
from apps.core.models import Row


class RollEntry(Row):
    """One certificate. The national body imports it; nobody but the import writes here."""

    certificate_number = models.CharField(max_length=30, unique=True)
    """Normalised: half-width, upper case, no spaces."""
    certificate_on = models.DateField()
    """The date on the certificate: the five years run from here."""
    province_code = models.CharField(max_length=6)
    """The association proposed to the candidate, by code."""
    data_key = models.ForeignKey("core.DataKey", on_delete=models.PROTECT, related_name="+")
    name = EncryptedTextField()
    name_index = BlindIndexField()
    sound_index = BlindIndexField(blank=True, default="")
    """Equal for names that sound alike: where a near match is looked for."""
    identity_type = models.CharField(max_length=32)
    identity_number = EncryptedTextField()
    identity_index = BlindIndexField()
    import_job = models.ForeignKey("imports.Job", on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["identity_index"], name="roll_by_identity"),
            models.Index(fields=["name_index"], name="roll_by_name"),
            models.Index(fields=["sound_index"], name="roll_by_sound"),
        ]
