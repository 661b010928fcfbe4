"""What a membership is on a day, as known on another: computed when asked, so no scheduler can be late."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from apps.core.clock import civil_date
from apps.members.enums import CURRENT_STATUSES, MembershipStatus
from apps.members.models import Membership, MembershipPeriod


@dataclass(frozen=True)
class MembershipState:
    status: MembershipStatus
    association_id: str | None = None
    association: object | None = None
    firm: object | None = None
    since: date | None = None
    """First day of this period."""
    end_reason: str = ""
    """For staff only: the public is not told why."""

    @property
    def is_current(self) -> bool:
        """Whether the person is a member, suspended or in custody included."""
        return self.status in CURRENT_STATUSES

    @property
    def is_active(self) -> bool:
        return self.status == MembershipStatus.ACTIVE


def membership_state(membership: Membership, *, on: date, known_at: datetime | None = None) -> MembershipState:
    """The state on that day; with `known_at`, as the register knew it at that moment.

    NOT_YET where no period covers the day: it lies before the first, or nothing was known then.
    """
    period = (
        _periods_known(membership, known_at)
        .filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on), valid_from__lte=on)
        .first()
    )
    return _state_of(period)


def membership_states(memberships: Collection[Membership], *, now: datetime) -> dict[UUID, MembershipState]:
    """Of each of these today, or on its first day where that is yet to come: one query."""
    today = civil_date(now)
    days = {membership.pk: max(today, membership.admitted_on) for membership in memberships}
    periods = MembershipPeriod.objects.filter(membership__in=days, superseded_at=None)
    covering = {
        period.membership_id: period
        for period in periods.select_related("association", "firm")
        if period.covers(days[period.membership_id])
    }
    return {membership_id: _state_of(covering.get(membership_id)) for membership_id in days}


def _state_of(period: MembershipPeriod | None) -> MembershipState:
    if period is None:
        return MembershipState(MembershipStatus.NOT_YET)
    return MembershipState(
        status=MembershipStatus(period.status),
        association_id=period.association_id,
        association=period.association,
        firm=period.firm,
        since=period.valid_from,
        end_reason=period.end_reason,
    )


def period_covers(path: str, *, on) -> Q:
    """For queries from above: the rows at `path` (as in "membership__periods") are what holds on a day, as known now.

    `on`: a date or an expression. At most one period of a membership answers. The same rule as `membership_state`.
    """
    not_over = Q(**{f"{path}__valid_to__isnull": True}) | Q(**{f"{path}__valid_to__gt": on})
    return not_over & Q(**{f"{path}__superseded_at__isnull": True, f"{path}__valid_from__lte": on})


def is_void(membership: Membership) -> bool:
    """Whether the admission was undone: there is and was no such membership."""
    return _periods_known(membership, None).filter(status=MembershipStatus.VOID).exists()


def membership_history(membership: Membership, *, known_at: datetime | None = None) -> QuerySet[MembershipPeriod]:
    """The periods one after the other, as known now or at a moment."""
    return _periods_known(membership, known_at).order_by("valid_from")


def _periods_known(membership: Membership, known_at: datetime | None) -> QuerySet[MembershipPeriod]:
    periods = MembershipPeriod.objects.filter(membership=membership).select_related("association", "firm")
    if known_at is None:
        return periods.filter(superseded_at=None)
    return periods.filter(Q(superseded_at__isnull=True) | Q(superseded_at__gt=known_at), recorded_at__lte=known_at)
