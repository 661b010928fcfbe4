"""How many were admitted, by day. Numbers only."""

from datetime import date

from django.db.models import Count, Exists, OuterRef

from apps.members.enums import MembershipStatus
from apps.members.models import Membership, MembershipPeriod


def admissions_by_day(*, since: date, until: date) -> dict[date, int]:
    """Admissions that took effect on each day, both ends included; an undone one never was. One query."""
    void = MembershipPeriod.objects.filter(
        membership=OuterRef("pk"), status=MembershipStatus.VOID, superseded_at__isnull=True
    )
    days = Membership.objects.filter(~Exists(void), admitted_on__range=(since, until))
    return dict(days.values_list("admitted_on").annotate(Count("pk")).order_by("admitted_on"))
