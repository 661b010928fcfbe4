"""Reading names, identity numbers and persons."""

from apps.people.selectors.countries import country_choices, country_name
from apps.people.selectors.english_names import (
    EnglishNameRefused,
    LatinName,
    english_name_of,
    propose_english_name,
    read_english_name,
)
from apps.people.selectors.identity_helps import NUMBER_HELPS
from apps.people.selectors.identity_numbers import (
    IdentityNumberRefused,
    IdentityReading,
    identity_index,
    is_overseas,
    normalise_identity_number,
    read_identity_number,
    with_check_digit,
)
from apps.people.selectors.likeness import (
    Alike,
    candidate_index,
    compare_names,
    compare_numbers,
    mistypings,
    nearby_identity_indexes,
    sound_index,
)
from apps.people.selectors.names import NameRefused, mask_name, name_index, normalise_name, read_name
from apps.people.selectors.persons import (
    get_person,
    identity_documents_of,
    ids_of_person,
    lock_person,
    lock_persons,
    person_by_identity,
    person_id_of_user,
    persons_alike,
    persons_by_name,
    survivor_of,
    user_ids_of_person,
)
from apps.people.selectors.relations import (
    declared_by,
    employer_index,
    persons_with_documents,
    relations_of,
)

__all__ = [
    "NUMBER_HELPS",
    "Alike",
    "EnglishNameRefused",
    "IdentityNumberRefused",
    "IdentityReading",
    "LatinName",
    "NameRefused",
    "candidate_index",
    "compare_names",
    "compare_numbers",
    "country_choices",
    "country_name",
    "declared_by",
    "employer_index",
    "english_name_of",
    "get_person",
    "identity_documents_of",
    "identity_index",
    "ids_of_person",
    "is_overseas",
    "lock_person",
    "lock_persons",
    "mask_name",
    "mistypings",
    "name_index",
    "nearby_identity_indexes",
    "normalise_identity_number",
    "normalise_name",
    "person_by_identity",
    "person_id_of_user",
    "persons_alike",
    "persons_by_name",
    "persons_with_documents",
    "propose_english_name",
    "read_english_name",
    "read_identity_number",
    "read_name",
    "relations_of",
    "sound_index",
    "survivor_of",
    "user_ids_of_person",
    "with_check_digit",
]
