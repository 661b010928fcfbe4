"""Telling the members of a run: one event a batch, due when its turn has come: no mail server is flooded."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Max

from apps.certificates import events
from apps.certificates.models import Certificate, Run
from apps.certificates.services.issuing import told_of
from apps.core.clock import civil_date
from apps.outbox.services import enqueue
from apps.rules.selectors import rule_value


def tell_members(run_id: UUID, issued: list[Certificate], *, now: datetime) -> None:
    """In the transaction that issued, last of all: the run's row is locked."""
    run = Run.objects.select_for_update(no_key=True).get(pk=run_id)
    planned = Run.objects.aggregate(last=Max("mails_until"))["last"]
    due_at = max(now, planned or now)
    run.mails_until = due_at + len(issued) * timedelta(hours=1) / rule_value("run.mails_an_hour", on=civil_date(now))
    run.save(update_fields=["mails_until"])
    payload = {"run_id": str(run_id), "certificates": [told_of(certificate) for certificate in issued]}
    enqueue(events.ISSUED_IN_RUN, payload, now=now, due_at=due_at)
