"""Which membership a conversion ended, and which the undoing of that conversion gave back."""

from apps.members.enums import CURRENT_STATUSES, EndReason
from apps.members.models import Membership, MembershipPeriod


def end_by_conversion(membership: Membership) -> MembershipPeriod | None:
    """The end, as known now, that this admission brought to the person's other membership."""
    return _by_case(membership).filter(end_reason=EndReason.CONVERTED).first()


def converted_from(membership: Membership) -> Membership | None:
    """The membership that this admission ended, and that its undoing would give back."""
    end = end_by_conversion(membership)
    return None if end is None else end.membership


def restored_with(membership: Membership) -> Membership | None:
    """The membership that the undoing of this admission gave back."""
    back = _by_case(membership).filter(status__in=CURRENT_STATUSES, valid_to=None).first()
    return None if back is None else back.membership


def _by_case(membership: Membership):
    """What the admission's case wrote about other memberships, as far as it is still true."""
    if not membership.case:
        return MembershipPeriod.objects.none()
    periods = MembershipPeriod.objects.filter(recorded_by_case=membership.case, superseded_at=None)
    return periods.exclude(membership=membership).select_related("membership")
