"""A membership that ended only because another one began, and that other one never should have been."""

from datetime import datetime

from apps.audit.services import record
from apps.core.actor import Actor
from apps.members import events
from apps.members.models import Membership
from apps.members.selectors import lock_membership, membership_state
from apps.members.selectors.conversions import end_by_conversion
from apps.members.services.periods import take_back_change
from apps.outbox.services import enqueue
from apps.people.selectors import lock_person


def restore_converted(membership: Membership, *, actor: Actor, now: datetime) -> Membership | None:
    """Say that what this admission had ended never ended: the periods are again as they were known before it.

    Part of voiding the admission, in its transaction. None where the admission ended nothing.
    """
    end = end_by_conversion(membership)
    if end is None:
        return None
    if end.person_id != membership.person_id:
        lock_person(end.person_id)
    restored = lock_membership(end.membership_id)
    take_back_change(end, case=membership.case, now=now)
    state = membership_state(restored, on=end.valid_from)
    record(
        actor,
        events.RESTORED,
        restored,
        before={"status": end.status, "reason": end.end_reason, "on": end.valid_from.isoformat()},
        after={"status": state.status, "association": state.association_id},
        case=membership.case,
        now=now,
    )
    payload = {"membership_id": str(restored.pk), "person_id": str(restored.person_id), "case": membership.case}
    enqueue(events.RESTORED, payload, now=now)
    return restored
