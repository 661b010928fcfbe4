"""A membership moves to another association: kind and number stay."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.associations.selectors import get_association
from apps.audit.services import record
from apps.core.actor import Actor
from apps.core.errors import PortalError
from apps.members import events
from apps.members.models import Membership
from apps.members.selectors import get_membership, lock_membership, membership_state
from apps.members.services.periods import change_from
from apps.outbox.services import enqueue
from apps.people.selectors import lock_person


class NotAMember(PortalError):
    code = "not_a_member"
    message = _("这份会员资格当天不在有效状态，不能转会。请核对日期和会员资格。")


@transaction.atomic
def move_membership(
    *, actor: Actor, membership_id: UUID, association_code: str, on: date, case: str = "", now: datetime
) -> Membership:
    """From `on`, the membership belongs to another association. The calling process has authorised the actor.

    A repeated call changes nothing. Raises NotAMember where it is not in force on that day.
    """
    lock_person(get_membership(membership_id).person_id)
    membership = lock_membership(membership_id)
    before = membership_state(membership, on=on)
    if not before.is_current:
        raise NotAMember
    if before.association_id == association_code:
        return membership
    change_from(membership, on, association_id=get_association(association_code).code, case=case, now=now)
    record(
        actor,
        events.MOVED,
        membership,
        before={"association": before.association_id},
        after={"association": association_code, "on": on.isoformat()},
        case=case,
        now=now,
    )
    payload = {"membership_id": str(membership.pk), "person_id": str(membership.person_id), "case": case}
    enqueue(events.MOVED, payload, now=now)
    return membership
