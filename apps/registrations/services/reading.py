"""Who looked at whom: reading a person's case is an event too (product.md, C7)."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from apps.audit.services import record, record_bulk_read
from apps.core.actor import Actor
from apps.people.services import record_reading
from apps.registrations.models import Registration
from apps.registrations.selectors.reconciliation import Finding

LIST_PURPOSE = "registrations.list"
CASE_PURPOSE = "registrations.case"
REPORT_PURPOSE = "registrations.reconciliation"


@transaction.atomic
def record_case_reading(actor: Actor, registration: Registration, *, now: datetime) -> None:
    """The case's reading, and the person's once the case knows the person."""
    case = registration.reference
    record(actor, "registration.read", registration, now=now, case=case, purpose=CASE_PURPOSE)
    if registration.person_id:
        record_reading(actor=actor, person_ids=[registration.person_id], purpose=CASE_PURPOSE, case=case, now=now)


def record_list_reading(actor: Actor, registrations: Iterable[Registration], *, now: datetime) -> None:
    """One record for a page of names."""
    people = [registration.person_id for registration in registrations if registration.person_id]
    record_reading(actor=actor, person_ids=people, purpose=LIST_PURPOSE, now=now)


def record_report_reading(actor: Actor, findings: Iterable[Finding], *, now: datetime) -> None:
    """One record for a page of the report: the cases by reference, where there are any."""
    references = [finding.reference for finding in findings if finding.reference]
    if references:
        label = Registration._meta.label_lower
        record_bulk_read(actor, "registration.reconciled", label, references, purpose=REPORT_PURPOSE, now=now)
