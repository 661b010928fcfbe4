"""The end of a membership."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from apps.audit.services import record
from apps.core.actor import Actor
from apps.members import events
from apps.members.enums import EndReason
from apps.members.models import Membership
from apps.members.selectors import get_membership, lock_membership, membership_state
from apps.members.services.periods import change_from
from apps.members.workflow import MEMBERSHIP
from apps.outbox.services import enqueue
from apps.people.selectors import lock_person


@transaction.atomic
def end_membership(
    *, actor: Actor, membership_id: UUID, reason: str, on: date, now: datetime, case: str = ""
) -> Membership:
    """End a membership: `on` is the first day without it. The calling process has authorised the actor.

    Raises TransitionRefused where it is not in force on that day, as after a first call.
    """
    lock_person(get_membership(membership_id).person_id)
    membership = lock_membership(membership_id)
    reason = EndReason(reason)
    before = membership_state(membership, on=on)
    target = MEMBERSHIP.target(before.status, "end")
    change_from(membership, on, status=target, end_reason=reason, case=case, now=now)
    record(
        actor,
        events.ENDED,
        membership,
        before={"status": before.status, "association": before.association_id},
        after={"status": target, "reason": reason, "on": on.isoformat()},
        case=case,
        now=now,
    )
    payload = {"membership_id": str(membership.pk), "person_id": str(membership.person_id), "case": case}
    enqueue(events.ENDED, payload, now=now)
    return membership
