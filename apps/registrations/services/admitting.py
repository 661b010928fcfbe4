"""The candidate becomes a CPA: the one place where a registration reaches the register."""

from datetime import date, datetime

from apps.applicants.selectors.lines import read_date
from apps.core.actor import Actor
from apps.members.enums import MemberKind
from apps.members.selectors import memberships_of_person
from apps.members.services import admit_member, convert_membership
from apps.people.services import confirm_details, link_user, set_photo
from apps.registrations.enums import Field
from apps.registrations.models import Registration


def admit_candidate(
    registration: Registration,
    *,
    actor: Actor,
    effective_on: date,
    document_number: str,
    number: str | None = None,
    now: datetime,
):
    """Account, confirmed details and photo to the person, the person into the register. A non-practising membership
    ends as converted on the same day, in the same transaction; both numbers lead to the candidate's account."""
    by = {"actor": actor, "person_id": registration.person_id, "now": now}
    case, answers = registration.reference, registration.answers
    link_user(**by, user_id=registration.candidate_user_id)
    confirm_details(
        **by,
        name=answers[Field.NAME],
        sex=answers.get(Field.SEX, ""),
        birth_on=read_date(answers.get(Field.BIRTH_ON)),
        case=case,
    )
    if registration.photo_id:
        set_photo(**by, stored_file=registration.photo_id, case=case)
    register = convert_membership if memberships_of_person(registration.person_id).exists() else admit_member
    return register(
        **by,
        kind=MemberKind.PRACTISING,
        association_code=registration.association_id,
        effective_on=effective_on,
        document_number=document_number,
        case=case,
        import_reference=registration.import_reference,
        number=number,
        firm_code=registration.firm.code,
    )
