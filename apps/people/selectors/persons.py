"""Finding persons."""

from uuid import UUID

from django.db.models import QuerySet

from apps.people.models import IdentityDocument, Person, UserLink
from apps.people.selectors.identity_numbers import identity_index
from apps.people.selectors.names import name_index


def get_person(person_id: UUID) -> Person:
    return Person.objects.select_related("data_key").get(pk=person_id)


def lock_person(person_id: UUID) -> Person:
    """The person, locked until the transaction ends. Whoever changes what a person is or has, locks here first."""
    return Person.objects.select_for_update(of=("self",), no_key=True).select_related("data_key").get(pk=person_id)


def survivor_of(person: Person) -> Person:
    """The person themself, or the one they were merged into."""
    while person.merged_into_id is not None:
        person = get_person(person.merged_into_id)
    return person


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
