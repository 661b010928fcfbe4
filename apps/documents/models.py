"""Stored files: the row says what a file is, the storage keeps its bytes. Uploads: files that nobody trusts yet."""

from django.db import models
from django.db.models import Q

from apps.core.models import Row
from apps.documents.enums import UploadProblem, UploadState


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
    segment_size = models.PositiveIntegerField(null=True)
    """Of a large file, which is sealed in segments of so many plain bytes; None where it was sealed at once."""
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["sha256"], name="stored_file_by_sha256")]
        constraints = [
            models.CheckConstraint(name="stored_file_is_not_empty", condition=models.Q(size__gt=0)),
            models.CheckConstraint(
                name="stored_file_sha256_shape", condition=models.Q(sha256__regex=r"^[0-9a-f]{64}$")
            ),
        ]


class Upload(Row):
    """A file from outside. Until it was taken apart and made anew nobody sees it; then only the new one is kept."""

    data_key = models.ForeignKey("core.DataKey", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=UploadState, default=UploadState.WAITING)
    problem = models.CharField(max_length=16, choices=UploadProblem, blank=True)
    media_type = models.CharField(max_length=100)
    """By content, never by name."""
    quarantined = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    """As it came; gone once it was checked."""
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    """Made anew: pixels of a picture, a PDF without anything that acts."""
    received_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True)
    claims = models.PositiveSmallIntegerField(default=0)
    claimed_until = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["received_at"], condition=Q(state=UploadState.WAITING), name="upload_waiting"),
        ]
        constraints = [
            models.CheckConstraint(
                name="upload_is_quarantined_clean_or_refused",
                condition=Q(state=UploadState.WAITING, quarantined__isnull=False, file__isnull=True, problem="")
                | Q(state=UploadState.CLEAN, quarantined__isnull=True, file__isnull=False, problem="")
                | (Q(state=UploadState.REFUSED, quarantined__isnull=True, file__isnull=True) & ~Q(problem="")),
            ),
        ]


class UploadPage(Row):
    """A page of a clean upload as a picture, so that an officer reads it in place."""

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="pages")
    number = models.PositiveSmallIntegerField()
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["upload", "number"], name="one_picture_a_page")]
