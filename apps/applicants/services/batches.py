"""汇总表: what an association sends together; the sending starts the national body's 10 days.

What the open batch holds is computed, never written along: the agreed cases whose minutes for taking back are over.
"""

import hashlib
import logging
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from apps.applicants import events
from apps.applicants.enums import Action, BatchState, State
from apps.applicants.models import Application, Batch, BatchItem
from apps.applicants.policies import can_send_batch
from apps.applicants.selectors.batches import joining_cases
from apps.applicants.services.deadlines import national_deadline, set_deadline
from apps.applicants.services.steps import take_step, tell
from apps.applicants.workflow import BATCH
from apps.associations.selectors import get_association
from apps.audit.services import record
from apps.core.actor import Actor
from apps.core.clock import civil_date
from apps.core.errors import NotPermitted, RequirementsMissing, TransitionRefused
from apps.rules.selectors import rule_value, working_calendar

logger = logging.getLogger(__name__)


def lock_open_batch(association, *, now: datetime) -> Batch:
    """The association's open batch, opened where there is none, locked until the transaction ends.

    Taken last, after the case: the advisory lock makes two officers who both find none wait for each other.
    """
    _lock_batches_of(association)
    batch = Batch.objects.select_for_update().filter(association=association, state=BatchState.OPEN).first()
    if batch is None:
        batch = Batch.objects.create(association=association, number=_next_number(association, now), opened_at=now)
    return batch


def _lock_batches_of(association) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"applicants.batch:{association.pk}"])


def contents_mark(applications: list[Application], *, at: datetime) -> str:
    """What a batch held at a moment, for the form: whoever sends it sends what they saw, and no case more."""
    parts = sorted(f"{application.pk.hex}:{application.version}" for application in applications)
    return f"{at.isoformat()}~{hashlib.sha256(' '.join(parts).encode()).hexdigest()[:16]}"


@transaction.atomic
def send_batch(*, actor: Actor, batch_id, now: datetime, seen: str | None = None) -> Batch:
    """Send an open batch to the national body. `seen` is the contents_mark of the page, None from the scheduler."""
    until = _moment_of(seen, now)
    applications, batch = _lock_contents(batch_id, until)
    if not (actor.is_system or can_send_batch(actor, batch)):
        raise NotPermitted
    batch.state = BATCH.target(batch.state, Action.SEND)
    _require_contents(applications, seen, until)
    batch.sent_at, batch.sent_by_id = now, actor.user_id
    batch.decide_by, batch.decide_by_provisional = national_deadline(now)
    batch.save()
    for line, application in enumerate(applications, start=1):
        _send_application(application, batch, line, actor=actor, now=now)
    if Application.objects.filter(association_id=batch.association_id, state=State.AGREED).exists():
        lock_open_batch(batch.association, now=now)  # those that can still be taken back join the next one
    record(
        actor,
        "batch.sent",
        batch,
        now=now,
        after={"cases": [application.reference for application in applications], "decide_by": str(batch.decide_by)},
        case=batch.number,
    )
    return batch


def send_open_batches(*, actor: Actor, now: datetime) -> list[str]:
    """The scheduler's evening: each association's open batch where its rule says so. Nothing on a day of rest.

    Each batch is sent in its own transaction; a second tick finds nothing agreed. Returns the numbers sent.
    """
    day = civil_date(now)
    if not working_calendar().is_working_day(day):
        return []
    sent = []
    for association in _associations_that_wait(now):
        if not rule_value("batch.auto_send", on=day, association_code=association.pk):
            continue
        with transaction.atomic():
            batch = lock_open_batch(association, now=now)
        try:
            sent.append(send_batch(actor=actor, batch_id=batch.pk, now=now).number)
        except (TransitionRefused, RequirementsMissing):
            continue  # sent, or emptied, since we looked
        except Exception:
            logger.exception("sending of %s", batch.number)  # the other associations' batches go nevertheless
    return sent


def _associations_that_wait(now: datetime) -> list:
    agreed = joining_cases(Application.objects.all(), at=now)
    codes = agreed.values_list("association_id", flat=True).distinct()
    return [get_association(code) for code in sorted(codes)]


def _moment_of(seen: str | None, now: datetime) -> datetime:
    """Up to when minutes must be over for a case to be taken along: as the page showed it, never the future."""
    try:
        return min(datetime.fromisoformat((seen or "").partition("~")[0]), now)
    except (ValueError, TypeError):
        return now


def _lock_contents(batch_id, until: datetime) -> tuple[list[Application], Batch]:
    """Cases first, then the batch, as everywhere. A case agreed in between is taken along by the second look."""
    association = Batch.objects.select_related("association").get(pk=batch_id).association
    _lock_agreed(association, until)
    _lock_batches_of(association)
    batch = Batch.objects.select_for_update(of=("self",)).select_related("association").get(pk=batch_id)
    return _lock_agreed(association, until), batch


def _lock_agreed(association, until: datetime) -> list[Application]:
    agreed = Application.objects.select_for_update(of=("self",)).filter(association=association)
    locked = list(joining_cases(agreed, at=until).select_related("data_key").order_by("id"))
    return sorted(locked, key=lambda application: (application.local_decided_at, application.id))


def _require_contents(applications: list[Application], seen: str | None, until: datetime) -> None:
    if not applications:
        raise RequirementsMissing([_("这份汇总表里还没有已同意的申请，暂时不能报送。")])
    if seen is not None and seen != contents_mark(applications, at=until):
        raise TransitionRefused(_("您打开页面以后，汇总表的内容有变化。请核对下面的最新内容后再报送。"))


def _send_application(application: Application, batch: Batch, line: int, *, actor: Actor, now: datetime) -> None:
    take_step(application, Action.SEND, actor=actor, now=now)
    application.batch, application.take_back_until = batch, None
    application.reason_code, application.reason_note = "", None  # of an earlier return; it stays in the old batch
    set_deadline(application)
    application.save()
    BatchItem.objects.create(batch=batch, application=application, line=line)
    record(actor, events.SENT, application, now=now, after={"batch": batch.number}, case=application.reference)
    tell(events.SENT, application, now=now)


def _next_number(association, now: datetime) -> str:
    """`ZJ-2026-0007`. The advisory lock is held, so the highest number is the last one."""
    prefix = f"{association.reference_prefix}-{civil_date(now).year}-"
    last = Batch.objects.filter(number__startswith=prefix).aggregate(last=Max("number"))["last"]
    return f"{prefix}{int(last.removeprefix(prefix)) + 1 if last else 1:04d}"
