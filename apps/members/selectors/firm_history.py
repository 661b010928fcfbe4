"""With which firms somebody stands, or stood, in the register."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from apps.members.enums import MembershipStatus
from apps.members.models import MembershipPeriod


@dataclass(frozen=True)
class FirmTie:
    """`until` is the first day without the firm, none while it goes on; `known_on` the day of the latest record."""

    firm_id: UUID
    name: str
    until: date | None
    known_on: date


def firm_ties_of(person_id: UUID) -> list[FirmTie]:
    """One for each firm, with its latest end. One query."""
    ties: dict[UUID, FirmTie] = {}
    for period in _with_a_firm().filter(person_id=person_id).select_related("firm").order_by("valid_from"):
        ties[period.firm_id] = FirmTie(period.firm_id, period.firm.name, period.valid_to, period.recorded_at.date())
    return list(ties.values())


def persons_of_firms(firm_ids) -> QuerySet:
    """The ids of persons who stand or stood with one of these firms, as a subquery."""
    return _with_a_firm().filter(firm_id__in=firm_ids).values("person_id")


def _with_a_firm() -> QuerySet[MembershipPeriod]:
    return MembershipPeriod.objects.filter(superseded_at=None, firm__isnull=False).exclude(status=MembershipStatus.VOID)
