"""The public search of practising members (product.md, D1)."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from apps.core.errors import DataKeyDestroyed
from apps.firms.selectors import normalise_firm_name
from apps.members.enums import CURRENT_STATUSES, MemberKind, MembershipStatus
from apps.members.models import MembershipPeriod
from apps.members.selectors.memberships import normalise_member_number
from apps.people.selectors import name_index

LIMIT = 20


@dataclass(frozen=True)
class RegisterEntry:
    """What anybody may see of a CPA, and nothing more."""

    name: str
    number: str
    firm: object | None
    association: object
    status: MembershipStatus
    since: date


@dataclass(frozen=True)
class RegisterFindings:
    entries: tuple[RegisterEntry, ...] = ()
    more: bool = False
    """There are more than LIMIT: the reader narrows the search."""


def search_register(
    *, name: str = "", number: str = "", firm: str = "", association: str = "", on: date
) -> RegisterFindings:
    """Practising members with exactly this name or number, narrowed by firm (name or code) and association code.

    Firm and association alone list nobody. One query, whatever it finds; nothing is written.
    """
    if not name.strip() and not number.strip():
        return RegisterFindings()
    periods = list(_narrowed(_standing(on), name, number, firm, association)[: LIMIT + 1])
    entries = tuple(entry for period in periods[:LIMIT] if (entry := _entry(period)))
    return RegisterFindings(entries, more=len(periods) > LIMIT)


def _standing(on: date) -> QuerySet[MembershipPeriod]:
    return (
        MembershipPeriod.objects.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gt=on),
            superseded_at=None,
            valid_from__lte=on,
            status__in=CURRENT_STATUSES,
            membership__kind=MemberKind.PRACTISING,
        )
        .select_related("membership__person__data_key", "association", "firm")
        .order_by("membership__number")
    )


def _narrowed(periods: QuerySet, name: str, number: str, firm: str, association: str) -> QuerySet[MembershipPeriod]:
    if name.strip():
        periods = periods.filter(membership__person__name_index=name_index(name))
    if number.strip():
        periods = periods.filter(membership__number=normalise_member_number(number))
    if firm.strip():
        periods = periods.filter(Q(firm__code=firm.strip()) | Q(firm__name__contains=normalise_firm_name(firm)))
    if association:
        periods = periods.filter(association_id=association)
    return periods


def _entry(period: MembershipPeriod) -> RegisterEntry | None:
    """None for somebody whose personal data was erased by law."""
    try:
        name = period.membership.person.name
    except DataKeyDestroyed:
        return None
    return RegisterEntry(
        name=name,
        number=period.membership.number,
        firm=period.firm,
        association=period.association,
        status=MembershipStatus(period.status),
        since=period.membership.admitted_on,
    )
