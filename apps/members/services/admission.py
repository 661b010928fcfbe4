"""Admission: person, kind, number, first period, sign-in names, in one transaction."""

from contextlib import suppress
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.accounts.services import add_sign_in_name
from apps.audit.services import record
from apps.core.actor import Actor
from apps.core.errors import PortalError
from apps.firms.selectors import get_firm
from apps.members import events
from apps.members.enums import MembershipStatus
from apps.members.models import Membership, MembershipPeriod
from apps.members.selectors import (
    has_membership_after,
    is_void,
    membership_by_number,
    membership_of_case,
    memberships_of_user,
    normalise_member_number,
)
from apps.members.services.numbers import next_number
from apps.outbox.services import enqueue
from apps.people.selectors import lock_person, user_ids_of_person


class AlreadyMember(PortalError):
    """The person is a member already, in either kind: both at once is not possible."""

    code = "already_member"
    message = _("此人已是会员，不能重复入会。如需转换会员类别，请先办理原会员资格的终止。")


class NumberTaken(PortalError):
    code = "number_taken"
    message = _("这个会员编号已属于另一人（编号终身不重复使用）。请核对编号。")


@transaction.atomic
def admit_member(
    *,
    actor: Actor,
    person_id: UUID,
    kind: str,
    association_code: str,
    effective_on: date,
    document_number: str = "",
    case: str = "",
    import_reference: str = "",
    now: datetime,
    number: str | None = None,
    firm_code: str | None = None,
    account_id: int | None = None,
) -> Membership:
    """Make a person a member from `effective_on`; the number comes from the rule unless it is given.

    The number becomes a sign-in name of `account_id`, or else of the account that was linked to the person last: the
    one that applied.
    The calling process has authorised the actor and names its case, or the import that it carries out.
    A repeated call for a case returns its membership and changes nothing, however many call at once.
    """
    person = lock_person(person_id)
    if known := membership_of_case(case):
        return known
    if has_membership_after(person.pk, effective_on):
        raise AlreadyMember
    membership = Membership.objects.create(
        person=person,
        kind=kind,
        number=_given_or_next_number(number, kind, association_code, firm_code or "", on=effective_on),
        admitted_on=effective_on,
        document_number=document_number,
        case=case,
        import_reference=import_reference,
        recorded_at=now,
    )
    _write_first_period(membership, association_code, firm_code, now=now)
    for user_id in [account_id] if account_id else user_ids_of_person(person.pk)[-1:]:
        give_sign_in_names(user_id=user_id, now=now)
    _record_admission(actor, membership, association_code, now=now)
    return membership


@transaction.atomic
def give_sign_in_names(*, user_id: int, now: datetime) -> None:
    """Let an account sign in by the member numbers of its person. Call it after linking an account to a member.

    A number leads to one account: what another account of the same person has already stays there. The number of an
    admission that was undone leads to none.
    """
    for membership in memberships_of_user(user_id):
        if is_void(membership):
            continue
        with suppress(ValueError):
            add_sign_in_name(user_id=user_id, kind=membership.kind, value=membership.number, now=now)


def _given_or_next_number(number: str | None, kind: str, association_code: str, firm_code: str, *, on: date) -> str:
    if number is None:
        return next_number(kind, association_code, on=on, firm_code=firm_code)
    number = normalise_member_number(number)
    if membership_by_number(kind, number):
        raise NumberTaken
    return number


def _write_first_period(membership: Membership, association_code: str, firm_code: str | None, *, now: datetime) -> None:
    MembershipPeriod.objects.create(
        membership=membership,
        person=membership.person,
        status=MembershipStatus.ACTIVE,
        association_id=association_code,
        firm=get_firm(firm_code) if firm_code else None,
        valid_from=membership.admitted_on,
        recorded_at=now,
        recorded_by_case=membership.case,
    )


def _record_admission(actor: Actor, membership: Membership, association_code: str, *, now: datetime) -> None:
    record(
        actor,
        events.ADMITTED,
        membership,
        after={
            "kind": membership.kind,
            "number": membership.number,
            "admitted_on": membership.admitted_on.isoformat(),
            "association": association_code,
            "document_number": membership.document_number,
            "import_reference": membership.import_reference,
        },
        case=membership.case,
        now=now,
    )
    payload = {
        "membership_id": str(membership.pk),
        "person_id": str(membership.person_id),
        "case": membership.case,
    }
    enqueue(events.ADMITTED, payload, now=now)
