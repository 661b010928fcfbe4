"""Certificates: what was stated, frozen, and the sealed file that states it."""

from django.db import models
from django.db.models import Q

from apps.certificates.enums import CODE_LENGTH, CODE_SHAPE, CertificateState
from apps.certificates.workflow import CERTIFICATE
from apps.core.fields import BlindIndexField, EncryptedJSONField
from apps.core.models import Row
from apps.core.triggers import guard_states

State = CertificateState


class Certificate(Row):
    """One version of a member's certificate. A different statement is a new row, which supersedes this one."""

    code = models.CharField(max_length=CODE_LENGTH, unique=True)
    """What the QR carries and people type: 128 random bits."""
    membership = models.ForeignKey("members.Membership", on_delete=models.PROTECT, related_name="+")
    data_key = models.ForeignKey("core.DataKey", on_delete=models.PROTECT, related_name="+")
    """The person's: erasing the person erases what was stated and the file."""
    version = models.PositiveSmallIntegerField()
    statement = EncryptedJSONField()
    statement_hash = BlindIndexField()
    """Equal where the same is stated, whatever the code and the day of issue."""
    state = models.CharField(max_length=12, choices=State, default=State.REQUESTED)
    requested_at = models.DateTimeField()
    issued_at = models.DateTimeField(null=True)
    file = models.OneToOneField("documents.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64, blank=True)
    """Of the sealed PDF; a file that somebody holds is found by it."""
    superseded_at = models.DateTimeField(null=True)
    superseded_by = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    token_key = models.ForeignKey("TokenKey", null=True, on_delete=models.PROTECT, related_name="+")
    """Which key signed the token in the QR; none on certificates from before there were tokens."""
    status_entry = models.OneToOneField("StatusEntry", null=True, on_delete=models.PROTECT, related_name="+")
    run = models.ForeignKey("Run", null=True, on_delete=models.PROTECT, related_name="certificates")
    """The run that had it issued, if one did."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["membership", "version"], name="one_certificate_per_version"),
            models.UniqueConstraint(
                fields=["membership"], name="one_certificate_in_the_making", condition=Q(state=State.REQUESTED)
            ),
            models.UniqueConstraint(
                fields=["membership"], name="one_certificate_in_force", condition=Q(state=State.ISSUED)
            ),
            models.UniqueConstraint(
                fields=["run", "membership"], name="one_certificate_per_run", condition=Q(issued_at__isnull=False)
            ),
            models.UniqueConstraint(fields=["sha256"], name="one_certificate_per_file", condition=~Q(sha256="")),
            models.CheckConstraint(name="certificate_code_shape", condition=Q(code__regex=CODE_SHAPE)),
            models.CheckConstraint(name="certificate_state_is_known", condition=Q(state__in=State.values)),
            models.CheckConstraint(
                name="issued_certificate_has_file",
                condition=~Q(state=State.ISSUED)
                | Q(issued_at__isnull=False, file__isnull=False, sha256__regex=r"^[0-9a-f]{64}$"),
            ),
            models.CheckConstraint(
                name="superseded_certificate_has_time",
                condition=Q(state=State.SUPERSEDED, superseded_at__isnull=False)
                | (~Q(state=State.SUPERSEDED) & Q(superseded_at__isnull=True, superseded_by__isnull=True)),
            ),
        ]
        indexes = [
            models.Index(
                name="certificate_by_status_entry",
                fields=["status_entry"],
                include=["membership", "state"],
                condition=Q(status_entry__isnull=False),
            )
        ]
        """A status list reads this alone: the rows themselves are wide."""
        triggers = guard_states(CERTIFICATE)
