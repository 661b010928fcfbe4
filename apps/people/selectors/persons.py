"""Finding persons."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from apps.people.models import IdentityDocument, Person, UserLink
from apps.people.selectors.identity_numbers import identity_index
from apps.people.selectors.likeness import candidate_index, nearby_identity_indexes
from apps.people.selectors.names import name_index


def get_person(person_id: UUID) -> Person:
    return Person.objects.select_related("data_key").get(pk=person_id)


def lock_person(person_id: UUID) -> Person:
    """The person, locked until the transaction ends. Whoever changes what a person is or has, locks here first."""
    return Person.objects.select_for_update(of=("self",), no_key=True).select_related("data_key").get(pk=person_id)


def lock_persons(person_ids: Collection[UUID], *, wait: bool) -> dict[UUID, Person]:
    """Several, with their photos; without `wait`, those whom somebody else holds just now are left out.

    Whoever holds one lock already may not wait for another: so many at once are only to be had without waiting.
    """
    rows = Person.objects.select_for_update(of=("self",), no_key=True, skip_locked=not wait)
    rows = rows.filter(pk__in=person_ids).select_related("data_key", "photo__data_key").order_by("pk")
    return {person.pk: person for person in rows}


def survivor_of(person: Person) -> Person:
    """The person themself, or the one they were merged into."""
    while person.merged_into_id is not None:
        person = get_person(person.merged_into_id)
    return person


def ids_of_person(person_id: UUID) -> list[UUID]:
    """The person's own id and those of the rows merged into it: a list that an index can be asked for."""
    return [person_id, *Person.objects.filter(merged_into=person_id).values_list("pk", flat=True)]


def person_by_identity(type: str, number: str, country: str = "") -> Person | None:
    """Who holds, or held, this document: the survivor of a merge."""
    document = (
        IdentityDocument.objects.filter(number_index=identity_index(type, number), country=country)
        .select_related("person__data_key")
        .first()
    )
    return None if document is None else survivor_of(document.person)


def persons_by_name(name: str) -> QuerySet[Person]:
    return Person.objects.filter(name_index=name_index(name)).select_related("data_key")


def persons_alike(
    *, name: str, birth_on: date | None, identity_type: str, identity_number: str, limit: int = 20
) -> list[Person]:
    """Who may be the same human being: the name sounds alike and the birth date is the same, or the document's number
    is this one mistyped. Survivors of merges, each once; found by keys alone, whatever is there.
    """
    near = IdentityDocument.objects.filter(number_index__in=nearby_identity_indexes(identity_type, identity_number))
    alike = Q(pk__in=near.values("person_id"))
    if key := candidate_index(name, birth_on):
        alike |= Q(candidate_index=key)
    rows = Person.objects.filter(alike).exclude(name_index="").select_related("data_key").order_by("created_at", "id")
    return list({person.pk: person for person in map(survivor_of, rows[:limit])}.values())


def identity_documents_of(person_id: UUID) -> QuerySet[IdentityDocument]:
    """Those in use first, then the former ones, newest first."""
    return (
        IdentityDocument.objects.filter(person_id=person_id)
        .select_related("data_key")
        .order_by("is_former", "-recorded_at")
    )


def person_id_of_user(user_id: int) -> UUID | None:
    """The natural person behind an account: the survivor of a merge, None where the account is not linked."""
    link = UserLink.objects.filter(user_id=user_id).select_related("person").first()
    return None if link is None else survivor_of(link.person).pk


def user_ids_of_person(person_id: UUID) -> list[int]:
    return list(UserLink.objects.filter(person_id=person_id).order_by("linked_at").values_list("user_id", flat=True))
