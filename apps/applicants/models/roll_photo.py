"""The photo that came with a line of the roll."""

from django.db import models
from django.db.models import Q

from apps.core.models import Row


class RollPhoto(Row):
    """Sealed under the line's key: whoever erases the line erases its photo. A newer one supersedes, until it goes."""

    entry = models.ForeignKey("applicants.RollEntry", on_delete=models.CASCADE, related_name="photos")
    picture = models.OneToOneField("documents.StoredFile", on_delete=models.PROTECT, related_name="+")
    source_sha256 = models.CharField(max_length=64)
    """Of the file as it came: the same file again changes nothing."""
    import_job = models.ForeignKey("imports.Job", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["superseded_at"], name="roll_photo_to_go", condition=Q(superseded_at__isnull=False))
        ]
        constraints = [
            models.UniqueConstraint(fields=["entry"], name="one_photo_a_line", condition=Q(superseded_at__isnull=True)),
            models.UniqueConstraint(fields=["entry", "import_job"], name="one_photo_a_line_and_import"),
        ]
