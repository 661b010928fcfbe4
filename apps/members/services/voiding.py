"""A membership that never should have been: void from its first day, not ended."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from apps.accounts.services import remove_sign_in_name
from apps.audit.services import record
from apps.core.actor import Actor
from apps.members import events
from apps.members.models import Membership
from apps.members.selectors import get_membership, lock_membership, membership_history
from apps.members.services.periods import change_from
from apps.members.services.restoring import restore_converted
from apps.members.workflow import MEMBERSHIP
from apps.outbox.services import enqueue
from apps.people.selectors import lock_person


@transaction.atomic
def void_membership(*, actor: Actor, membership_id: UUID, case: str = "", now: datetime) -> Membership:
    """Say that an admission was wrong: from its first day on there is no membership, and there was none.

    What the register knew until now stays and can be asked for. The number stays taken for good, and leads no longer
    to an account. A membership that this admission had ended as converted never ended. The calling process has
    authorised the actor. Raises TransitionRefused where the membership has ended or is void already, as after a first
    call.
    """
    lock_person(get_membership(membership_id).person_id)
    membership = lock_membership(membership_id)
    last = membership_history(membership).last()
    target = MEMBERSHIP.target(last.status, "void")
    change_from(membership, membership.admitted_on, status=target, case=case, now=now)
    remove_sign_in_name(actor=actor, kind=membership.kind, value=membership.number, now=now)
    record(
        actor,
        events.VOIDED,
        membership,
        before={"status": last.status, "association": last.association_id},
        after={"status": target, "from": membership.admitted_on.isoformat()},
        case=case,
        now=now,
    )
    payload = {"membership_id": str(membership.pk), "person_id": str(membership.person_id), "case": case}
    enqueue(events.VOIDED, payload, now=now)
    restore_converted(membership, actor=actor, now=now)
    return membership
