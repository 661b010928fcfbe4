from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from apps.accounts.enums import Role
from apps.associations.enums import NATIONAL_CODE
from apps.associations.models import Association, Leave, Seat
from apps.core.actor import Actor, ActorKind, SeatGrant
from apps.core.clock import start_of_day
from apps.core.kept import Kept


def get_association(code: str) -> Association:
    """Raises Association.DoesNotExist for an unknown code."""
    return Association.objects.get(pk=code)


def national_body() -> Association:
    return get_association(NATIONAL_CODE)


def all_associations() -> QuerySet[Association]:
    """The national body first, then by code."""
    return Association.objects.all()


kept_associations = Kept("associations", lambda: list(all_associations()))
"""For what every page shows of them: they hardly ever change."""


def provincial_associations() -> QuerySet[Association]:
    """The 31 provincial bodies and Shenzhen."""
    return Association.objects.exclude(pk=NATIONAL_CODE)


def association_choices(*, with_national: bool = True) -> list[tuple[str, str]]:
    """(code, name in the reader's language), for a select."""
    rows = kept_associations.get()
    return [(row.code, row.label) for row in rows if with_national or row.code != NATIONAL_CODE]


def association_by_firm_region(region_code: str) -> Association | None:
    """By the first two digits of a firm's code (Shenzhen: 47)."""
    return Association.objects.filter(firm_region_code=region_code).first()


@dataclass(frozen=True)
class Contact:
    """Whom to phone. `association` is the body that answers: the national one where no own number is known."""

    association: Association
    phone: str
    hours: str


def public_line() -> Contact:
    """The national body's. Raises Association.DoesNotExist before there are any bodies."""
    national = next((row for row in kept_associations.get() if row.code == NATIONAL_CODE), None)
    if national is None:
        raise Association.DoesNotExist
    return contact_for(national, national=national)


def contact_for(association: Association, *, national: Association | None = None) -> Contact:
    """The association's own phone, or the national body's public line. Give `national` to spare its query."""
    if not association.phone:
        association = national or national_body()
    return Contact(association, association.phone, association.hours_label)


def _in_force(day: date) -> Q:
    return Q(from_on__lte=day) & _not_over(day)


def seats_on(user_id: int, day: date) -> tuple[SeatGrant, ...]:
    """The seats in force on a (Beijing) day, first and last day included: one query."""
    rows = Seat.objects.filter(_in_force(day), user_id=user_id, user__is_active=True)
    pairs = sorted(set(rows.values_list("association_id", "role")))
    return tuple(SeatGrant(code, role) for code, role in pairs)


def actor_with_seats(user_id: int, day: date) -> Actor:
    """Whoever brought a file, with the seats of that day: the word to write it is asked for again."""
    return Actor(ActorKind.USER, "import", user_id=user_id, seats=seats_on(user_id, day))


def has_seat_after(user_id: int, day: date) -> bool:
    """Whether somebody holds a seat on `day`, or will later."""
    return Seat.objects.filter(_not_over(day), user_id=user_id).exists()


def roles_held(user_id: int, from_on: date, to_on: date | None) -> set[str]:
    """The roles that somebody holds on any day of a span; None: for as yet no end."""
    rows = Seat.objects.filter(_not_over(from_on), user_id=user_id)
    if to_on is not None:
        rows = rows.filter(from_on__lte=to_on)
    return set(rows.values_list("role", flat=True))


def seats_to_show(*, today: date, association_code: str = "", role: str = "", view: str = "") -> QuerySet[Seat]:
    """The seats for the administrator's list: by body, then by name. `view`: "due" for review, "ended", else open."""
    rows = Seat.objects.select_related("user", "association").order_by("association__order", "user__display_name", "pk")
    rows = rows.exclude(_not_over(today)) if view == "ended" else rows.filter(_not_over(today))
    if view == "due":
        rows = rows.filter(_due_for_review(today))
    if association_code:
        rows = rows.filter(association_id=association_code)
    return rows.filter(role=role) if role else rows


def seats_due_for_review(today: date) -> int:
    """How many open seats nobody has looked at since the quarter began: neither granted nor reviewed in it."""
    return Seat.objects.filter(_not_over(today), _due_for_review(today)).count()


def get_seat(seat_id) -> Seat | None:
    return Seat.objects.select_related("user", "association").filter(pk=seat_id).first()


def seats_of(user_id: int) -> QuerySet[Seat]:
    """All seats somebody holds, will hold, or has held: the latest first."""
    return Seat.objects.select_related("association").filter(user_id=user_id).order_by("-from_on", "pk")


def quarter_start(day: date) -> date:
    return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)


def _not_over(day: date) -> Q:
    return Q(to_on__isnull=True) | Q(to_on__gte=day)


def _due_for_review(today: date) -> Q:
    start = start_of_day(quarter_start(today))
    return Q(granted_at__lt=start) & (Q(reviewed_at__isnull=True) | Q(reviewed_at__lt=start))


@dataclass(frozen=True)
class Colleague:
    user_id: int
    name: str


def colleagues_at(codes: Iterable[str], *, on: date, role: str = Role.REVIEWER) -> list[Colleague]:
    """Who holds a role at one of these associations on a day, by name: one query."""
    rows = Seat.objects.filter(_in_force(on), role=role, association_id__in=sorted(codes), user__is_active=True)
    users = {seat.user_id: str(seat.user) for seat in rows.select_related("user")}
    return sorted((Colleague(*pair) for pair in users.items()), key=lambda colleague: colleague.name)


def leaves_of(user_id: int, *, since: date) -> list[Leave]:
    """One's own leaves that are not over, the next one first."""
    return list(Leave.objects.filter(user_id=user_id, to_on__gte=since).select_related("cover").order_by("from_on"))


def users_covered_by(user_id: int, *, on: date) -> list[int]:
    """Whose cases this officer looks after on a day."""
    return list(
        Leave.objects.filter(cover_id=user_id, from_on__lte=on, to_on__gte=on).values_list("user_id", flat=True)
    )


def leaves_covered_by(user_id: int, *, since: date) -> list[Leave]:
    """The colleagues' leaves that one looks after, the next one first."""
    return list(Leave.objects.filter(cover_id=user_id, to_on__gte=since).select_related("user").order_by("from_on"))


def leave_on(user_id: int, *, on: date) -> Leave | None:
    """The leave that somebody is on, with who covers."""
    leaves = Leave.objects.filter(user_id=user_id, from_on__lte=on, to_on__gte=on)
    return leaves.select_related("cover").first()


def holders_of(role: str, association_code: str, day: date) -> list[int]:
    """User ids of those who hold a role at an association on a day."""
    rows = Seat.objects.filter(_in_force(day), role=role, association_id=association_code, user__is_active=True)
    return sorted(set(rows.values_list("user_id", flat=True)))
