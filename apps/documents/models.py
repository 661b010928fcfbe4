"""Stored files: the row says what a file is, the storage keeps its bytes."""

from django.db import models

from apps.core.models import Row


class StoredFile(Row):
    """A file's bytes never change: a new version is a new row. The app that owns the file serves its download."""

    data_key = models.ForeignKey("core.DataKey", null=True, on_delete=models.PROTECT, related_name="+")
    """Whose key the bytes are sealed under; without one they lie open in the storage."""
    path = models.CharField(max_length=120, unique=True)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    """Of the plain bytes."""
    sha256 = models.CharField(max_length=64)
    """Of the plain bytes, in hexadecimal."""
    purpose = models.CharField(max_length=60)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="stored_file_is_not_empty", condition=models.Q(size__gt=0)),
            models.CheckConstraint(
                name="stored_file_sha256_shape", condition=models.Q(sha256__regex=r"^[0-9a-f]{64}$")
            ),
        ]
