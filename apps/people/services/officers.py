"""Who is behind a staff account: four eyes and conflicts of interest compare persons, never accounts."""

from datetime import datetime

from django.db import transaction

from apps.accounts.selectors import user_by_id
from apps.core.actor import Actor
from apps.core.encryption import create_data_key
from apps.core.errors import NotPermitted
from apps.people.models import Person
from apps.people.policies import can_identify_officer
from apps.people.services.persons import link_user, register_person


@transaction.atomic
def identify_officer(
    *, actor: Actor, user_id: int, name: str, identity_type: str, identity_number: str, country: str = "", now: datetime
) -> Person:
    """Link a staff account to its person, who may be known already as a member or an applicant.

    Raises IdentityNumberRefused, NameRefused; UserBelongsToAnother where the account has its person.
    """
    if user_by_id(user_id) is None or not can_identify_officer(actor, user_id=user_id):
        raise NotPermitted
    person = register_person(
        actor=actor,
        name=name,
        identity_type=identity_type,
        identity_number=identity_number,
        country=country,
        data_key=create_data_key(),
        now=now,
    )
    link_user(actor=actor, user_id=user_id, person_id=person.pk, now=now)
    return person
