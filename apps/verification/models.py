"""Links by which a member shows more than the masked verdict, and each time that one was opened."""

from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from apps.core.fields import BlindIndexField, EncryptedTextField
from apps.core.models import Row
from apps.verification.enums import MOST_OPENINGS, Device, LinkState, SharedField


class ShareLink(Row):
    membership = models.ForeignKey("members.Membership", on_delete=models.PROTECT, related_name="+")
    data_key = models.ForeignKey("core.DataKey", on_delete=models.PROTECT, related_name="+")
    """The person's: erasing the person ends every link."""
    secret = EncryptedTextField()
    """128 random bits, the end of the link's address; kept so that its holder can copy it again."""
    secret_index = BlindIndexField(unique=True)
    fields = ArrayField(models.CharField(max_length=10, choices=SharedField), default=list, blank=True)
    note = EncryptedTextField(null=True)
    """For whom it is: for the holder alone."""
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    most_openings = models.PositiveSmallIntegerField()
    openings = models.PositiveSmallIntegerField(default=0)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["membership", "-created_at"], name="share_links_of_a_member")]
        constraints = [
            models.CheckConstraint(name="share_link_ends", condition=Q(expires_at__gt=F("created_at"))),
            models.CheckConstraint(
                name="share_link_opens_so_often",
                condition=Q(most_openings__gte=1, most_openings__lte=MOST_OPENINGS, openings__lte=F("most_openings")),
            ),
            models.CheckConstraint(
                name="share_link_fields_are_known", condition=Q(fields__contained_by=SharedField.values)
            ),
        ]

    def state(self, *, now: datetime) -> LinkState:
        if self.revoked_at is not None:
            return LinkState.REVOKED
        if now >= self.expires_at:
            return LinkState.EXPIRED
        return LinkState.USED_UP if self.openings >= self.most_openings else LinkState.OPEN


class ShareOpening(Row):
    """One time that a link was opened. Whoever opened it is not known, and their address of the network is not kept."""

    link = models.ForeignKey(ShareLink, on_delete=models.CASCADE, related_name="opened")
    opened_at = models.DateTimeField()
    visit_index = BlindIndexField()
    """Of the one page from which it was opened: pressed twice or read again, it is one opening."""
    device = models.CharField(max_length=10, choices=Device)
    network = models.CharField(max_length=20, blank=True)
    """The first half of an address: enough to tell an office from a phone, too little to find anybody."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["link", "visit_index"], name="one_opening_per_visit"),
            models.CheckConstraint(name="share_opening_device_is_known", condition=Q(device__in=Device.values)),
        ]
