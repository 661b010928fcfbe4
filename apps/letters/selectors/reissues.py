"""Letters whose seal key was compromised: which they are, and how far they are."""

from datetime import date

from django.db.models import Count, Exists, OuterRef, QuerySet

from apps.certificates.enums import Document
from apps.certificates.selectors.seals import sealed_without_word
from apps.letters.enums import OPEN_STATES, ReissueOutcome, State
from apps.letters.models import Letter, Reissue


def letters_without_word(key_id: str, *, today: date) -> QuerySet[Letter]:
    """In force today, sealed with this key, and with no stamp from before the compromise."""
    sealed = sealed_without_word(key_id).filter(document=Document.LETTER)
    return Letter.objects.filter(state=State.ISSUED, valid_until__gte=today, sha256__in=sealed.values("sha256"))


def next_waiting() -> QuerySet[Reissue]:
    """The oldest first. While a new request for the same purpose is open, that one takes its place."""
    asked = Letter.objects.filter(
        person=OuterRef("letter__person"), purpose_index=OuterRef("letter__purpose_index"), state__in=OPEN_STATES
    )
    return Reissue.objects.filter(~Exists(asked), outcome=ReissueOutcome.WAITING).order_by("asked_at", "id")


def reissue_counts(key_id: str | None = None) -> dict[str, int]:
    """How many letters stand where; of one key or of all. Empty where no key was ever compromised. One query."""
    rows = Reissue.objects.all() if key_id is None else Reissue.objects.filter(key_id=key_id)
    return dict(rows.order_by().values_list("outcome").annotate(Count("pk")))


def reissued_keys() -> list[str]:
    return sorted(Reissue.objects.order_by().values_list("key_id", flat=True).distinct())
