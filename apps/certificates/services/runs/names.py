"""Certificates that wait for a font are asked for again: a handful one by one, more as a run."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from apps.audit.services import record
from apps.certificates import events
from apps.certificates.enums import RunScope
from apps.certificates.policies import can_issue_in_bulk
from apps.certificates.selectors.names import can_be_printed_now, open_name_tasks
from apps.certificates.services.runs.asking import start_run
from apps.core.actor import Actor
from apps.core.errors import NotPermitted
from apps.outbox.services import enqueue

HANDFUL = 20


@transaction.atomic
def retry_names(*, actor: Actor, now: datetime) -> int:
    """Ask for every certificate that waits for a font again: at once, in the background. Returns how many.

    The portal itself, on its hourly tick, asks only where its fonts have the characters by now.
    """
    if not can_issue_in_bulk(actor):
        raise NotPermitted
    tasks = [task for task in open_name_tasks() if not actor.is_system or can_be_printed_now(task)]
    if not tasks:
        return 0
    record(actor, "certificate.names_retried", tasks[0], now=now, after={"count": len(tasks)})
    if len(tasks) > HANDFUL:
        start_run(actor=actor, scope=RunScope.NAMES, reason=_("字体已补齐"), is_told=True, now=now)
        return len(tasks)
    for task in tasks:
        enqueue(events.ASKED_AGAIN, {"membership_id": str(task.membership_id)}, now=now)
    return len(tasks)
