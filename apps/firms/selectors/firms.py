"""Finding firms, and who acts for them."""

from datetime import date

from django.db.models import Q, QuerySet

from apps.accounts.enums import Permission
from apps.accounts.policies import association_scope
from apps.core.actor import Actor, OutsideGrant
from apps.firms.enums import FIRM
from apps.firms.models import Firm, FirmSeat
from apps.firms.selectors.codes import normalise_firm_name


def get_firm(code: str) -> Firm:
    """Raises Firm.DoesNotExist."""
    return Firm.objects.get(code=code)


def firms_named(names: list[str]) -> list[Firm]:
    """Those with exactly these names; no query where none is given."""
    return list(Firm.objects.filter(name__in=[normalise_firm_name(name) for name in names])) if names else []


def firms_visible_to(actor: Actor) -> QuerySet[Firm]:
    """The firms of the associations where the actor may appoint heads."""
    scope = association_scope(actor, Permission.APPOINT_FIRM_HEADS)
    return Firm.objects.filter(association_id__in=sorted(scope)).select_related("association", "head_office")


def firms_of(actor: Actor, role: str | None = None) -> QuerySet[Firm]:
    """The firms where the actor has a seat (in that role)."""
    codes = [grant.code for grant in actor.grants if grant.body == FIRM and role in {None, grant.role}]
    return Firm.objects.filter(code__in=codes).select_related("association").order_by("code")


def firm_grants_on(user_id: int, day: date) -> tuple[OutsideGrant, ...]:
    """The seats at firms in force on a (Beijing) day, first and last day included: one query."""
    rows = FirmSeat.objects.filter(_in_force(day), user_id=user_id, user__is_active=True)
    pairs = sorted(set(rows.values_list("firm__code", "role")))
    return tuple(OutsideGrant(FIRM, code, role) for code, role in pairs)


def seats_of_firm(firm: Firm, *, today: date) -> QuerySet[FirmSeat]:
    """Those in force, or to come: the head first."""
    seats = firm.seats.filter(Q(to_on__isnull=True) | Q(to_on__gte=today))
    return seats.select_related("user").order_by("-role", "from_on")


def seat_of_firm(firm: Firm, seat_id) -> FirmSeat | None:
    return firm.seats.filter(pk=seat_id).select_related("user").first()


def holders_at_firm(firm: Firm, role: str, *, day: date) -> list:
    """The accounts that hold a role there on a day."""
    rows = firm.seats.filter(_in_force(day), role=role, user__is_active=True).select_related("user")
    return [seat.user for seat in rows.order_by("from_on")]


def _in_force(day: date) -> Q:
    return Q(from_on__lte=day) & (Q(to_on__isnull=True) | Q(to_on__gte=day))
