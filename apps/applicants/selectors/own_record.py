"""What the portal knows of the person behind an account: they need not type it again. It is shown to nobody else."""

from apps.applicants.enums import Field
from apps.core.actor import Actor
from apps.members.enums import MemberKind
from apps.members.selectors import memberships_of_user
from apps.people.selectors import get_person, identity_documents_of


def known_answers(actor: Actor) -> dict:
    """Name, document, birth date, sex and CPA number by Field, of an account that is linked to its person."""
    if actor.person_id is None:
        return {}
    person = get_person(actor.person_id)
    known = {Field.NAME: person.name, Field.SEX: person.sex}
    if person.birth_on:
        known[Field.BIRTH_ON] = person.birth_on.isoformat()
    if document := identity_documents_of(person.pk).filter(is_former=False).first():
        known |= {
            Field.IDENTITY_TYPE: document.type,
            Field.IDENTITY_NUMBER: document.number,
            Field.IDENTITY_COUNTRY: document.country,
        }
    if record := memberships_of_user(actor.user_id).filter(kind=MemberKind.PRACTISING).first():
        known[Field.CPA_NUMBER] = record.number
    return {str(field): str(value) for field, value in known.items() if value}
