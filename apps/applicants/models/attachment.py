"""What an applicant sends to prove something: a photo of a paper or a PDF."""

from django.db import models

from apps.applicants.enums import AttachmentKind
from apps.core.models import Row


class Attachment(Row):
    """One upload of one kind. Before the submission it can be taken back; afterwards it stays with the case."""

    application = models.ForeignKey("applicants.Application", on_delete=models.CASCADE, related_name="attachments")
    kind = models.CharField(max_length=16, choices=AttachmentKind)
    upload = models.OneToOneField("documents.Upload", on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["application", "added_at"], name="attachment_of_application")]
        constraints = [
            models.CheckConstraint(name="attachment_kind_is_known", condition=models.Q(kind__in=AttachmentKind.values)),
        ]
