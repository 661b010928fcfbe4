"""Finding memberships."""

import unicodedata
from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from apps.members.enums import CURRENT_STATUSES
from apps.members.models import Membership, MembershipPeriod
from apps.people.selectors import name_index, person_id_of_user


def normalise_member_number(text: str) -> str:
    """Upper case, half width, without spaces and hyphens."""
    return "".join(unicodedata.normalize("NFKC", text).upper().replace("-", "").split())


def get_membership(membership_id: UUID) -> Membership:
    """With its person, their key and photo. Raises Membership.DoesNotExist."""
    return Membership.objects.select_related("person__data_key", "person__photo__data_key").get(pk=membership_id)


def get_memberships(membership_ids: Collection[UUID]) -> list[Membership]:
    """Several, in the order of their ids; their persons are not read."""
    return list(Membership.objects.filter(pk__in=membership_ids).order_by("pk"))


def lock_membership(membership_id: UUID) -> Membership:
    """The membership, locked until the transaction ends. Lock its person first."""
    return Membership.objects.select_for_update(of=("self",), no_key=True).get(pk=membership_id)


def membership_by_number(kind: str, number: str) -> Membership | None:
    return (
        Membership.objects.filter(kind=kind, number=normalise_member_number(number))
        .select_related("person__data_key")
        .first()
    )


def membership_by_number_and_name(kind: str, number: str, name: str) -> Membership | None:
    """For public checks: one query with the name's index in it, so an unknown number and a wrong name cost the same."""
    return (
        Membership.objects.filter(
            kind=kind, number=normalise_member_number(number), person__name_index=name_index(name)
        )
        .select_related("person__data_key")
        .first()
    )


def membership_of_case(case: str) -> Membership | None:
    """What came of a case: None until it has admitted somebody."""
    return Membership.objects.filter(case=case).select_related("person__data_key").first() if case else None


def memberships_of_person(person_id: UUID) -> QuerySet[Membership]:
    """All that this person ever had (and those of rows merged into theirs), newest first."""
    return (
        Membership.objects.filter(Q(person_id=person_id) | Q(person__merged_into_id=person_id))
        .select_related("person__data_key")
        .order_by("-admitted_on", "-recorded_at")
    )


def memberships_of_user(user_id: int) -> QuerySet[Membership]:
    """The memberships of the person behind an account, newest first; none where the account is not linked."""
    person_id = person_id_of_user(user_id)
    return Membership.objects.none() if person_id is None else memberships_of_person(person_id)


def current_membership_of(person_id: UUID, *, on: date) -> Membership | None:
    """The one membership in which the person stands on that day, as known now."""
    period = (
        _periods_in_force_after(person_id, on)
        .filter(valid_from__lte=on)
        .select_related("membership__person__data_key")
        .first()
    )
    return None if period is None else period.membership


def has_membership_after(person_id: UUID, on: date) -> bool:
    """Whether the person is a member on that day or on any later one, as known now."""
    return _periods_in_force_after(person_id, on).exists()


def _periods_in_force_after(person_id: UUID, on: date) -> QuerySet[MembershipPeriod]:
    return MembershipPeriod.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=on),
        person_id=person_id,
        superseded_at=None,
        status__in=CURRENT_STATUSES,
    )
