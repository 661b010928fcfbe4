"""Taking an import back: row by row, in the name of whoever pressed the button; what has changed since stays."""

import logging
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from apps.audit.services import record
from apps.core.actor import Actor
from apps.core.clock import Clock
from apps.core.errors import NotPermitted, PortalError, TransitionRefused
from apps.imports.enums import JobAction, Outcome
from apps.imports.models import Job, JobRow
from apps.imports.services.claims import finish_job, hold_job, release_job
from apps.imports.services.jobs import actor_as_json, wake_worker
from apps.imports.services.registry import handler_for, may_import
from apps.imports.services.writing import NO_FAULT_OF_THE_ROW, actor_of
from apps.imports.workflow import JOB

logger = logging.getLogger(__name__)

CHUNK = 100
WRITTEN = [Outcome.CREATED, Outcome.UPDATED]


@transaction.atomic
def undo_job(*, actor: Actor, job_id, now: datetime) -> Job:
    """Give the word: a worker takes back every row that the import has written. The kind must be one that can."""
    job = Job.objects.select_for_update(of=("self",)).get(pk=job_id)
    handler = handler_for(job.kind)
    if not may_import(actor, handler):
        raise NotPermitted
    written = job.rows.filter(outcome__in=WRITTEN).count()
    if not handler.can_undo or not written:
        raise TransitionRefused
    job.state = JOB.target(job.state, JobAction.UNDO)
    job.undone_as, job.undo_asked_at, job.claimed_until, job.claims = actor_as_json(actor), now, None, 0
    job.failure = ""
    job.save()
    record(actor, "import.undone", job, now=now, after={"kind": job.kind, "rows": written})
    transaction.on_commit(wake_worker, robust=True)
    return job


def undo_rows(job: Job, *, clock: Clock, until: datetime) -> None:
    """Row after row, each with its outcome in one transaction; at `until` the rest is left. Raises ClaimLost."""
    actor, handler = actor_of(job.undone_as), handler_for(job.kind)
    while ids := list(job.rows.filter(outcome__in=WRITTEN).order_by("line").values_list("pk", flat=True)[:CHUNK]):
        for row_id in ids:
            _undo_alone(job, handler, row_id, actor, now=clock())
        hold_job(job, now=clock(), claims=0)
        if clock() >= until:
            release_job(job)
            return
    finish_job(job, JobAction.FINISH_UNDO, now=clock())


def _undo_alone(job: Job, handler, row_id, actor: Actor, *, now: datetime) -> None:
    try:
        _settle(job, row_id, lambda row: handler.undo(row.values, actor=actor, job=job, now=now))
        return
    except NO_FAULT_OF_THE_ROW:
        raise
    except PortalError as error:
        sentence = str(error)
    except Exception:
        logger.exception("import %s, row %s not taken back", job.pk, row_id)
        sentence = _("这一行没有撤回，出错的情况已经记录。请联系系统管理员。")
    _settle(job, row_id, None, sentence)


@transaction.atomic
def _settle(job: Job, row_id, undo, sentence: str = "") -> None:
    row = JobRow.objects.select_for_update(of=("self",)).filter(pk=row_id, outcome__in=WRITTEN).first()
    if row is None:
        return
    row.job = job
    if undo:
        undo(row)
    row.outcome = Outcome.KEPT if sentence else Outcome.UNDONE
    row.problems = [{"column": "", "message": sentence}] if sentence else row.problems
    row.save(update_fields=["outcome", "problems"])
