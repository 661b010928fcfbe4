"""Tips: what somebody noticed about a document, and what became of it."""

from django.db import models
from django.db.models import Q

from apps.complaints.enums import TipState, TipSubject
from apps.complaints.workflow import TIP
from apps.core.fields import EncryptedTextField
from apps.core.models import Row
from apps.core.triggers import append_only, guard_states

State = TipState


class Tip(Row):
    """From anybody. What they wrote may name people, so all of it is sealed under the tip's own key."""

    reference = models.CharField(max_length=16, unique=True)
    ticket = models.CharField(max_length=32, unique=True)
    """Of the page that it was sent from: sent twice, it is one tip."""
    data_key = models.ForeignKey("core.DataKey", on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=40, blank=True)
    """Of the document, as it was given: opaque here."""
    subject = models.CharField(max_length=10, choices=TipSubject)
    text = EncryptedTextField()
    seen_where = EncryptedTextField(null=True)
    contact = EncryptedTextField(null=True)
    """A mail address, for the answer alone."""
    language = models.CharField(max_length=10)
    picture = models.OneToOneField("documents.Upload", null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    received_at = models.DateTimeField()
    answer = EncryptedTextField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by_label = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "-received_at"], name="tips_by_state")]
        constraints = [
            models.CheckConstraint(name="tip_state_is_known", condition=Q(state__in=State.values)),
            models.CheckConstraint(name="tip_subject_is_known", condition=Q(subject__in=TipSubject.values)),
            models.CheckConstraint(
                name="answered_tip_has_answer",
                condition=Q(state=State.OPEN, answered_at__isnull=True)
                | (Q(state=State.ANSWERED, answered_at__isnull=False, answer__isnull=False) & ~Q(answered_by_label="")),
            ),
        ]
        triggers = guard_states(TIP)


class TipNote(Row):
    """What an officer found out: for the office alone."""

    tip = models.ForeignKey(Tip, on_delete=models.PROTECT, related_name="notes")
    data_key = models.ForeignKey("core.DataKey", on_delete=models.PROTECT, related_name="+")
    text = EncryptedTextField()
    written_at = models.DateTimeField()
    written_by_label = models.CharField(max_length=200)

    class Meta:
        triggers = append_only()
