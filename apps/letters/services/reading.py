"""Which officer looked at whose letter: reading a person's record is an event too (product.md, C7)."""

from collections.abc import Iterable
from datetime import datetime

from apps.core.actor import Actor
from apps.letters.models import Letter
from apps.people.services import record_reading


def record_letter_reading(actor: Actor, letters: Iterable[Letter], *, case: str = "", now: datetime) -> None:
    """One record for a page of names, or for one letter."""
    people = [letter.person_id for letter in letters]
    record_reading(
        actor=actor, person_ids=people, purpose="letters.case" if case else "letters.list", case=case, now=now
    )
