"""Somebody the portal knows who may be the applicant, and what an officer said to it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from apps.core.models import Row


class PossiblePerson(Row):
    """Found at the submission. `is_same` is an officer's answer; until then it is open, and the case is not green."""

    application = models.ForeignKey("applicants.Application", on_delete=models.CASCADE, related_name="possible_persons")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    why = models.JSONField(default=list)
    """Codes of what is alike."""
    found_at = models.DateTimeField()
    is_same = models.BooleanField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "person"], name="possible_person_asked_once"),
            models.CheckConstraint(
                name="possible_person_answer_has_its_author",
                condition=Q(is_same__isnull=True, answered_at__isnull=True, answered_by__isnull=True)
                | Q(is_same__isnull=False, answered_at__isnull=False, answered_by__isnull=False),
            ),
            models.CheckConstraint(
                name="possible_person_answered_after_found",
                condition=Q(answered_at__isnull=True) | Q(answered_at__gte=F("found_at")),
            ),
        ]
