"""Two rows that turned out to be one human being."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.audit.services import record
from apps.core.actor import Actor
from apps.core.errors import PortalError
from apps.people.models import Person
from apps.people.selectors import lock_person, survivor_of


class AlreadyMerged(PortalError):
    code = "already_merged"
    message = _("这两条记录已经合并到别的记录。请刷新页面后核对。")


@transaction.atomic
def merge_person(*, actor: Actor, person_id: UUID, into_id: UUID, case: str = "", now: datetime) -> Person:
    """Let one row point to another as its survivor; nothing else moves, so it can be undone. Returns the survivor.

    The calling process has authorised the actor and knows that the first row is nobody's membership.
    A repeated call changes nothing. Raises AlreadyMerged where it points elsewhere, or the other way round.
    """
    rows = {pk: lock_person(pk) for pk in sorted({person_id, into_id})}
    person, into = rows[person_id], survivor_of(rows[into_id])
    if person.merged_into_id == into.pk or person.pk == rows[into_id].pk:
        return into
    if person.merged_into_id is not None or into.pk == person.pk:
        raise AlreadyMerged
    person.merged_into = into
    person.save(update_fields=["merged_into"])
    record(actor, "person.merged", person, after={"merged_into": str(into.pk)}, case=case, now=now)
    return into
