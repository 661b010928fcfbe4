"""What is written about a case: between colleagues, to the applicant, from office to office. All of it sealed."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from apps.applicants.enums import NoteKind, Office, Sender
from apps.core.fields import EncryptedTextField
from apps.core.models import Row
from apps.core.triggers import append_only


class CaseNote(Row):
    """For the offices' eyes only: no page, mail or copy of an applicant ever shows it."""

    application = models.ForeignKey("applicants.Application", on_delete=models.CASCADE, related_name="notes")
    data_key = models.ForeignKey("core.DataKey", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=NoteKind, default=NoteKind.NOTE)
    text = EncryptedTextField()
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    author_label = models.CharField(max_length=120)

    class Meta:
        triggers = append_only()
        indexes = [models.Index(fields=["application", "written_at"], name="note_in_order")]


class CaseMessage(Row):
    """To the applicant, or the applicant's answer. An answer is new until somebody of the office has marked it read."""

    application = models.ForeignKey("applicants.Application", on_delete=models.CASCADE, related_name="case_messages")
    data_key = models.ForeignKey("core.DataKey", on_delete=models.PROTECT, related_name="+")
    sender = models.CharField(max_length=9, choices=Sender)
    text = EncryptedTextField()
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    author_label = models.CharField(max_length=120)
    """For the office. The applicant reads the office's name, not the officer's."""
    read_at = models.DateTimeField(null=True)
    read_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["application", "written_at"], name="message_in_order"),
            models.Index(
                fields=["application"],
                condition=Q(sender=Sender.APPLICANT, read_at__isnull=True),
                name="new_answer_of_case",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="only_an_answer_is_marked_read",
                condition=Q(read_at__isnull=True, read_by__isnull=True)
                | Q(sender=Sender.APPLICANT, read_at__gte=F("written_at"), read_by__isnull=False),
            ),
        ]


class CaseQuestion(Row):
    """A question from one office of a case to the other, answered once; both see it, the applicant never."""

    application = models.ForeignKey("applicants.Application", on_delete=models.CASCADE, related_name="questions")
    data_key = models.ForeignKey("core.DataKey", on_delete=models.PROTECT, related_name="+")
    asked_of = models.CharField(max_length=8, choices=Office)
    text = EncryptedTextField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asker_label = models.CharField(max_length=120)
    answer = EncryptedTextField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    answerer_label = models.CharField(max_length=120, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["asked_of", "asked_at"], condition=Q(answered_at__isnull=True), name="open_question"),
        ]
        constraints = [
            models.CheckConstraint(
                name="answer_has_its_author",
                condition=Q(answer__isnull=True, answered_at__isnull=True, answered_by__isnull=True)
                | Q(answer__isnull=False, answered_at__gte=F("asked_at"), answered_by__isnull=False),
            ),
        ]
