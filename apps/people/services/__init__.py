"""What other rooms may ask of people."""

from apps.people.services.english_names import confirm_english_name
from apps.people.services.merging import AlreadyMerged, merge_person
from apps.people.services.officers import identify_officer
from apps.people.services.persons import (
    IdentityTaken,
    UserBelongsToAnother,
    add_identity_document,
    confirm_details,
    link_user,
    put_back_photo,
    record_reading,
    register_person,
    set_photo,
)
from apps.people.services.relations import declare_employer, declare_person, end_relation

__all__ = [
    "AlreadyMerged",
    "IdentityTaken",
    "UserBelongsToAnother",
    "add_identity_document",
    "confirm_details",
    "confirm_english_name",
    "declare_employer",
    "declare_person",
    "end_relation",
    "identify_officer",
    "link_user",
    "merge_person",
    "put_back_photo",
    "record_reading",
    "register_person",
    "set_photo",
]
