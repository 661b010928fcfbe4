from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from apps.associations.enums import NATIONAL_CODE
from apps.associations.models import Association, Seat
from apps.core.actor import SeatGrant


def get_association(code: str) -> Association:
    """Raises Association.DoesNotExist for an unknown code."""
    return Association.objects.get(pk=code)


def national_body() -> Association:
    return get_association(NATIONAL_CODE)


def all_associations() -> QuerySet[Association]:
    """The national body first, then by code."""
    return Association.objects.all()


def provincial_associations() -> QuerySet[Association]:
    """The 31 provincial bodies and Shenzhen."""
    return Association.objects.exclude(pk=NATIONAL_CODE)


def association_choices(*, with_national: bool = True) -> list[tuple[str, str]]:
    """(code, name in the reader's language), for a select."""
    rows = all_associations() if with_national else provincial_associations()
    return [(association.code, association.label) for association in rows]


def association_by_firm_region(region_code: str) -> Association | None:
    """By the first two digits of a firm's code (Shenzhen: 47)."""
    return Association.objects.filter(firm_region_code=region_code).first()


@dataclass(frozen=True)
class Contact:
    """Whom to phone. `association` is the body that answers: the national one where no own number is known."""

    association: Association
    phone: str
    hours: str


def contact_for(association: Association, *, national: Association | None = None) -> Contact:
    """The association's own phone, or the national body's public line. Give `national` to spare its query."""
    if not association.phone:
        association = national or national_body()
    return Contact(association, association.phone, association.hours_label)


def _in_force(day: date) -> Q:
    return Q(from_on__lte=day) & (Q(to_on__isnull=True) | Q(to_on__gte=day))


def seats_on(user_id: int, day: date) -> tuple[SeatGrant, ...]:
    """The seats in force on a (Beijing) day, first and last day included: one query."""
    rows = Seat.objects.filter(_in_force(day), user_id=user_id, user__is_active=True)
    pairs = sorted(set(rows.values_list("association_id", "role")))
    return tuple(SeatGrant(code, role) for code, role in pairs)


def holders_of(role: str, association_code: str, day: date) -> list[int]:
    """User ids of those who hold a role at an association on a day."""
    rows = Seat.objects.filter(_in_force(day), role=role, association_id=association_code, user__is_active=True)
    return sorted(set(rows.values_list("user_id", flat=True)))
