"""Public notices. Names, association and document number; never a member number, which is a sign-in name."""

from django.db import models

from apps.content.enums import AnnouncementKind
from apps.core.fields import EncryptedTextField
from apps.core.models import Row


class Announcement(Row):
    document_number = models.CharField(max_length=60)
    """As 会协〔2026〕12号; its page's address carries it."""
    kind = models.CharField(max_length=12, choices=AnnouncementKind)
    published_on = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["-published_on", "-id"], name="announcement_newest_first")]
        constraints = [
            models.UniqueConstraint(fields=["kind", "document_number"], name="one_announcement_per_document"),
        ]


class AnnouncementEntry(Row):
    """One person whom the announcement names, sealed under the person's own key: erased with the person."""

    announcement = models.ForeignKey(Announcement, on_delete=models.PROTECT, related_name="entries")
    association = models.ForeignKey("associations.Association", on_delete=models.PROTECT, related_name="+")
    data_key = models.ForeignKey("core.DataKey", on_delete=models.PROTECT, related_name="+")
    name = EncryptedTextField()
    case = models.CharField(max_length=40, unique=True)
    """The reference of the decision that it announces: announced once, whoever repeats."""

    class Meta:
        indexes = [models.Index(fields=["announcement", "association", "id"], name="announcement_in_order")]
