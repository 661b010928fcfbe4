"""Changes to the record of a member that somebody asks for and somebody else decides."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from apps.core.fields import EncryptedTextField
from apps.core.models import Row
from apps.core.triggers import guard_states
from apps.movements.enums import DeclineReason, PhotoState
from apps.movements.workflow import PHOTO_OFFER


class PhotoOffer(Row):
    """A photo that is to stand on the member's certificate, until somebody of the association has compared it."""

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    association = models.ForeignKey("associations.Association", on_delete=models.PROTECT, related_name="+")
    """The home association on the day of the offer: it compares."""
    data_key = models.ForeignKey("core.DataKey", on_delete=models.PROTECT, related_name="+")
    picture = models.ForeignKey("documents.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    """None once a photo that was not taken over was erased by rule."""
    state = models.CharField(max_length=10, choices=PhotoState, default=PhotoState.OFFERED)
    offered_at = models.DateTimeField()
    offered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    """The member's account; or the officer's before whom the member stood, or who gave the word for an import."""
    import_job = models.ForeignKey("imports.Job", on_delete=models.PROTECT, null=True, related_name="+")
    """The archive that brought it; None where somebody offered this one photo."""
    source_sha256 = models.CharField(max_length=64, blank=True)
    """Of the file as it came in the archive: the same file again changes nothing."""
    replaced = models.ForeignKey("documents.StoredFile", on_delete=models.SET_NULL, null=True, related_name="+")
    """The photo before it, for taking the import back."""
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_by_person = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=12, choices=DeclineReason, blank=True)
    note = EncryptedTextField(null=True)
    """What the officer adds, for the member to read."""

    class Meta:
        triggers = guard_states(PHOTO_OFFER)
        indexes = [
            models.Index(
                fields=["association", "offered_at", "id"], name="photo_offer_waiting", condition=Q(state="offered")
            ),
            models.Index(fields=["person", "offered_at"], name="photo_offer_of_person"),
            models.Index(fields=["import_job", "person"], name="photo_offer_of_import"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], name="one_photo_waits_per_person", condition=Q(state=PhotoState.OFFERED)
            ),
            models.CheckConstraint(name="photo_offer_state_is_known", condition=Q(state__in=PhotoState.values)),
            models.CheckConstraint(
                name="photo_offer_keeps_its_picture",
                condition=Q(picture__isnull=False) | Q(state__in=[PhotoState.DECLINED, PhotoState.WITHDRAWN]),
            ),
            models.CheckConstraint(
                name="nobody_compares_the_own_photo",
                condition=Q(decided_by_person__isnull=True) | ~Q(decided_by_person=F("person")),
            ),
            models.CheckConstraint(
                name="photo_offer_is_closed_with_its_time",
                condition=Q(state=PhotoState.OFFERED, decided_at=None) | (~Q(state="offered") & ~Q(decided_at=None)),
            ),
            models.CheckConstraint(
                name="declined_photo_has_author_and_reason",
                condition=~Q(state=PhotoState.DECLINED)
                | (~Q(reason="") & Q(decided_by__isnull=False, decided_by_person__isnull=False)),
            ),
        ]
