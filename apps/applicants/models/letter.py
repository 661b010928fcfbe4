"""Letters of a case as files: what was said stays as it was said."""

from django.db import models

from apps.applicants.enums import LetterKind
from apps.core.models import Row


class Letter(Row):
    """`occasion` tells one letter of a kind from the next: the moment of the decision that it gives notice of."""

    application = models.ForeignKey("applicants.Application", on_delete=models.PROTECT, related_name="letters")
    kind = models.CharField(max_length=10, choices=LetterKind)
    occasion = models.CharField(max_length=40, blank=True)
    file = models.ForeignKey("documents.StoredFile", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "kind", "occasion"], name="each_letter_once"),
        ]
