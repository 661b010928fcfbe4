"""From one kind of membership to the other: the old one ends and the new one begins on the same day."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from apps.accounts.selectors import user_by_sign_in_name
from apps.core.actor import Actor
from apps.members.enums import EndReason
from apps.members.models import Membership
from apps.members.selectors import current_membership_of, membership_of_case, memberships_of_person
from apps.members.services.admission import AlreadyMember, admit_member
from apps.members.services.ending import end_membership
from apps.people.selectors import lock_person


@transaction.atomic
def convert_membership(
    *,
    actor: Actor,
    person_id: UUID,
    kind: str,
    association_code: str,
    effective_on: date,
    document_number: str = "",
    case: str = "",
    import_reference: str = "",
    number: str | None = None,
    firm_code: str | None = None,
    now: datetime,
) -> Membership:
    """Admit a former or present member of the other kind from `effective_on`, under a new number.

    What is still in force on that day ends as converted, so the register shows both periods or neither. Old and new
    number lead to one account: the one that the old number opens, or else the one linked last. The calling process
    has authorised the actor. A repeated call for a case returns its membership. Raises AlreadyMember where the person
    is a member of this kind already.
    """
    person = lock_person(person_id)
    if known := membership_of_case(case):
        return known
    current = current_membership_of(person.pk, on=effective_on)
    if current is not None and current.kind == kind:
        raise AlreadyMember
    if current is not None:
        end_membership(
            actor=actor, membership_id=current.pk, reason=EndReason.CONVERTED, on=effective_on, case=case, now=now
        )
    return admit_member(
        actor=actor,
        person_id=person.pk,
        kind=kind,
        association_code=association_code,
        effective_on=effective_on,
        document_number=document_number,
        case=case,
        import_reference=import_reference,
        number=number,
        firm_code=firm_code,
        account_id=_account_of(person.pk, other_than=kind),
        now=now,
    )


def _account_of(person_id: UUID, *, other_than: str) -> int | None:
    """The account that one of the old numbers opens."""
    for membership in memberships_of_person(person_id).exclude(kind=other_than):
        if user := user_by_sign_in_name(membership.kind, membership.number):
            return user.pk
    return None
