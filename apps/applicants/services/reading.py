"""Who looked at whom: reading a person's case is an event too (product.md, C7)."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from apps.applicants.models import Application
from apps.audit.services import record
from apps.core.actor import Actor
from apps.people.services import record_reading

LIST_PURPOSE = "applicants.work_list"
CASE_PURPOSE = "applicants.decide"


@transaction.atomic
def record_case_reading(actor: Actor, application: Application, *, now: datetime) -> None:
    record(actor, "application.read", application, now=now, case=application.reference, purpose=CASE_PURPOSE)
    record_reading(
        actor=actor, person_ids=[application.person_id], purpose=CASE_PURPOSE, case=application.reference, now=now
    )


def record_list_reading(actor: Actor, applications: Iterable[Application], *, now: datetime) -> None:
    """One record for a page of names."""
    people = [application.person_id for application in applications]
    record_reading(actor=actor, person_ids=people, purpose=LIST_PURPOSE, now=now)
