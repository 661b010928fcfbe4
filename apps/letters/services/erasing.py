"""A request that was withdrawn came to nothing: what it asked for is kept for a while, then no longer."""

from datetime import datetime

from django.db.models import QuerySet

from apps.letters.enums import State
from apps.letters.models import Letter
from apps.rules.services import Retention


def _withdrawn(before: datetime) -> QuerySet[Letter]:
    return Letter.objects.filter(state=State.WITHDRAWN, ended_at__lt=before).exclude(purpose_index="")


def _empty(rows: list[Letter], now: datetime) -> None:
    """Reference, dates and steps stay. So does the consent, with when it was given: we must be able to show it."""
    for letter in Letter.objects.filter(pk__in=[row.pk for row in rows]).select_related("data_key"):
        letter.purpose_index, letter.note = "", None
        if letter.data_key.destroyed_at is None:
            letter.answers = {}
        letter.save()


RETAINED = (Retention("letters.letter:answers", "letter.withdrawn_days", _withdrawn, _empty),)
