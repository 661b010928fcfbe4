"""Names that no font can print: a task for the office, resolved by itself once the certificate is issued."""

from datetime import datetime

from django.db import transaction

from apps.audit.services import record
from apps.certificates.models import Certificate, NameTask
from apps.core.actor import Actor

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
