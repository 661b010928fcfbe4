"""The spelling of a name in Latin letters, confirmed by whoever bears it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from apps.audit.services import record
from apps.core.actor import Actor
from apps.people.enums import SpellingSource
from apps.people.models import EnglishName
from apps.people.selectors import english_name_of, lock_person, read_english_name


@transaction.atomic
def confirm_english_name(
    *, actor: Actor, person_id: UUID, surname: str, given: str, source: str, case: str = "", now: datetime
) -> EnglishName:
    """Keep the spelling with the person; a repeated call keeps what is there. Raises EnglishNameRefused."""
    person = lock_person(person_id)
    name = read_english_name(surname, given)
    known = english_name_of(person_id)
    if known is not None and (known.surname or "", known.given, known.source) == (name.surname, name.given, source):
        return known
    if known is not None:
        known.superseded_at = now
        known.save(update_fields=["superseded_at"])
    kept = EnglishName.objects.create(
        person=person,
        data_key=person.data_key,
        surname=name.surname or None,
        given=name.given,
        source=SpellingSource(source),
        confirmed_at=now,
    )
    record(
        actor,
        "english_name.confirmed",
        kept,
        after={"source": kept.source},
        personal={"name": str(kept)},
        data_key=person.data_key,
        case=case,
        now=now,
    )
    return kept
