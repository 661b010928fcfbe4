"""Names that no font can print: a task for the office, resolved by itself once the certificate is issued."""

from datetime import datetime

from django.db import transaction

from apps.audit.services import record
from apps.certificates import events
from apps.certificates.models import Certificate, NameTask
from apps.certificates.policies import can_issue_in_bulk
from apps.certificates.selectors.names import can_be_printed_now, open_name_tasks
from apps.core.actor import Actor
from apps.core.errors import NotPermitted
from apps.outbox.services import enqueue

NOTER = Actor.system("certificates.names")


@transaction.atomic
def note_missing_glyphs(certificate: Certificate, characters: list[str], *, now: datetime) -> NameTask:
    """The member's open task, made where there is none. A repeated call changes nothing."""
    task, made = NameTask.objects.get_or_create(
        membership=certificate.membership,
        resolved_at=None,
        defaults={"data_key": certificate.data_key, "characters": "".join(characters), "since": now},
    )
    if made:
        record(NOTER, "certificate.name_not_printable", certificate, now=now, case=certificate.membership.case)
    return task


def resolve_name_tasks(membership_ids: list, *, now: datetime) -> None:
    NameTask.objects.filter(membership__in=membership_ids, resolved_at=None).update(resolved_at=now)


@transaction.atomic
def retry_names(*, actor: Actor, now: datetime) -> int:
    """Ask for every certificate that waits for a font again: at once, in the background. Returns how many.

    The portal itself, on its hourly tick, asks only for those that its fonts have by now.
    """
    if not can_issue_in_bulk(actor):
        raise NotPermitted
    tasks = [task for task in open_name_tasks() if not actor.is_system or can_be_printed_now(task)]
    for task in tasks:
        enqueue(events.ASKED_AGAIN, {"membership_id": str(task.membership_id)}, now=now)
    if tasks:
        record(actor, "certificate.names_retried", tasks[0], now=now, after={"count": len(tasks)})
    return len(tasks)
