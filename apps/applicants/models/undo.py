"""The undoing of a wrong admission: asked for by one person of the national body, decided by another."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from apps.applicants.enums import UndoState
from apps.applicants.workflow import UNDO
from apps.core.fields import EncryptedTextField
from apps.core.models import Row
from apps.core.triggers import guard_states


class Undo(Row):
    """`person` is the admitted one, repeated here so that the database can see that nobody undoes their own."""

    application = models.ForeignKey("applicants.Application", on_delete=models.PROTECT, related_name="undos")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    data_key = models.ForeignKey("core.DataKey", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=9, choices=UndoState, default=UndoState.ASKED)
    reason_code = models.CharField(max_length=60)
    """From the catalogue in rules, kind `undo`; the person is told."""
    facts = EncryptedTextField()
    """What was found, in the asking officer's words; the person is told this, too."""
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_by_person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    asker_label = models.CharField(max_length=120)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_by_person = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    document_number = models.CharField(max_length=60, blank=True)
    """批复文号 of the removal, under which it is announced."""

    class Meta:
        triggers = guard_states(UNDO)
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(state__in=[UndoState.ASKED, UndoState.CONFIRMED]),
                name="one_undo_per_admission",
            ),
            models.CheckConstraint(name="undo_has_a_reason", condition=~Q(reason_code="")),
            models.CheckConstraint(
                name="nobody_asks_to_undo_the_own_admission", condition=~Q(asked_by_person=F("person"))
            ),
            models.CheckConstraint(
                name="undo_is_decided_by_another_person",
                condition=Q(
                    state=UndoState.ASKED,
                    decided_at__isnull=True,
                    decided_by__isnull=True,
                    decided_by_person__isnull=True,
                )
                | (
                    ~Q(state=UndoState.ASKED)
                    & Q(decided_at__gte=F("asked_at"), decided_by__isnull=False, decided_by_person__isnull=False)
                    & ~Q(decided_by_person=F("asked_by_person"))
                    & ~Q(decided_by_person=F("person"))
                    & ~Q(decided_by=F("asked_by"))
                ),
            ),
            models.CheckConstraint(
                name="confirmed_undo_has_its_document",
                condition=~Q(state=UndoState.CONFIRMED) | ~Q(document_number=""),
            ),
        ]
