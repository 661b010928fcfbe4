"""The life of an import: upload, dry run, word to write, writing. The worker may die anywhere and begin again."""

import logging
from collections.abc import Callable
from dataclasses import asdict
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import translation

from apps.audit.services import record
from apps.core.actor import Actor, ActorKind, SeatGrant
from apps.core.clock import civil_date
from apps.core.encryption import create_data_key
from apps.core.errors import NotPermitted, PortalError, RequirementsMissing
from apps.documents.services import read_file, store_file
from apps.imports.enums import JobAction, JobState, Outcome
from apps.imports.models import Job, JobRow
from apps.imports.services.cells import place_columns, read_row
from apps.imports.services.registry import RowHandler, RowProblem, handler_for
from apps.imports.services.tables import TableRefused, read_table
from apps.imports.workflow import JOB

logger = logging.getLogger(__name__)

LEASE = timedelta(seconds=60)
CHUNK = 500
Clock = Callable[[], datetime]


@transaction.atomic
def upload_table(*, actor: Actor, kind: str, content: bytes, filename: str, language: str, now: datetime) -> Job:
    """Keep the file, sealed, and have a worker check it. Nothing is written into any register yet."""
    handler_for(kind)
    if not actor.is_signed_in or not actor.seats:
        raise NotPermitted
    key = create_data_key()
    job = Job.objects.create(
        kind=kind,
        file=store_file(
            content=content, media_type="application/octet-stream", purpose="import", data_key=key, now=now
        ),
        filename=filename[:200],
        data_key=key,
        language=language,
        uploaded_by_id=actor.user_id,
        uploaded_at=now,
    )
    record(actor, "import.uploaded", job, now=now, after={"kind": kind, "sha256": job.file.sha256})
    transaction.on_commit(_wake_worker, robust=True)
    return job


@transaction.atomic
def commit_job(*, actor: Actor, job_id, now: datetime) -> Job:
    """Give the word: a worker writes every row that the dry run found good, in the actor's name."""
    job = Job.objects.select_for_update(of=("self",)).get(pk=job_id)
    if not actor.is_signed_in or not actor.seats:
        raise NotPermitted
    job.state = JOB.target(job.state, JobAction.COMMIT)
    ready = job.rows.filter(outcome=Outcome.READY).count()
    if not ready:
        raise RequirementsMissing([translation.gettext("没有一行可以导入。请改正文件后重新上传。")])
    job.committed_as, job.commit_asked_at, job.claimed_until = _as_json(actor), now, None
    job.save()
    record(actor, "import.committed", job, now=now, after={"kind": job.kind, "rows": ready})
    transaction.on_commit(_wake_worker, robust=True)
    return job


def work_on_due(*, clock: Clock) -> int:
    """Check and write whatever waits; returns how many jobs were worked on. Any number of processes may do so."""
    worked = 0
    while job := _claim(now=clock()):
        with translation.override(job.language):
            _check_or_reject(job, clock) if job.state == JobState.CHECKING else _write(job, clock)
        worked += 1
    return worked


def _claim(*, now: datetime) -> Job | None:
    """The oldest job that nobody works on, now ours for a while."""
    with transaction.atomic():
        job = (
            Job.objects.select_for_update(skip_locked=True, of=("self",))
            .select_related("file__data_key", "data_key")
            .filter(state__in=[JobState.UPLOADED, JobState.CHECKING, JobState.COMMITTING])
            .exclude(claimed_until__gt=now)
            .order_by("uploaded_at")
            .first()
        )
        if job is None:
            return None
        if job.state == JobState.UPLOADED:
            job.state = JOB.target(job.state, JobAction.START_CHECK)
        job.claimed_until = now + LEASE
        job.save(update_fields=["state", "claimed_until"])
        return job


def _check_or_reject(job: Job, clock: Clock) -> None:
    """A file that trips up the dry run is told so, and does not come back for ever."""
    try:
        _check(job, clock)
    except Exception:
        logger.exception("import %s", job.pk)
        sentence = translation.gettext("检查这个文件时出错，情况已经记录，没有导入任何内容。请联系系统管理员。")
        _finish(job, JobAction.REJECT, now=clock(), failure=sentence)


def _check(job: Job, clock: Clock) -> None:
    """The dry run, from the beginning: what an earlier worker left half done is put away first."""
    handler = handler_for(job.kind)
    job.rows.all().delete()
    try:
        table = read_table(read_file(job.file))
        placed = place_columns(table.header, handler.columns)
    except TableRefused as error:
        _finish(job, JobAction.REJECT, now=clock(), failure=str(error))
        return
    context: dict = {}
    for start in range(0, len(table.rows), CHUNK):
        chunk = table.rows[start : start + CHUNK]
        today = civil_date(clock())
        JobRow.objects.bulk_create(
            _checked_row(job, handler, line, cells, placed, context, today) for line, cells in chunk
        )
        _hold(job, clock(), row_count=start + len(chunk))
    _finish(job, JobAction.FINISH_CHECK, now=clock())


def _checked_row(job: Job, handler: RowHandler, line: int, cells: list, placed, context: dict, today: date) -> JobRow:
    values, problems = read_row(cells, placed, handler.columns)
    note = ""
    if not problems:
        parsed = handler.check(values, context=context, today=today)
        problems = _problems(parsed)
        note = "" if problems else str(handler.difference(parsed))
    return JobRow(
        job=job,
        line=line,
        values={key: value.isoformat() if isinstance(value, date) else value for key, value in values.items()},
        problems=[{"column": p.column, "message": str(p.message)} for p in problems] or None,
        note=note or None,
        outcome=Outcome.PROBLEM if problems else Outcome.READY,
    )


def _problems(checked) -> list[RowProblem]:
    is_problems = isinstance(checked, list) and checked and all(isinstance(p, RowProblem) for p in checked)
    return checked if is_problems else []


def _write(job: Job, clock: Clock) -> None:
    handler, actor, context = handler_for(job.kind), _actor(job.committed_as), {}
    while ids := list(job.rows.filter(outcome=Outcome.READY).order_by("line").values_list("pk", flat=True)[:CHUNK]):
        for row_id in ids:
            _write_row(job, row_id, handler, actor, context, now=clock())
        _hold(job, clock())
    _finish(job, JobAction.FINISH, now=clock())


def _write_row(job: Job, row_id, handler: RowHandler, actor: Actor, context: dict, *, now: datetime) -> None:
    """The row's outcome commits with what it wrote: a worker that dies leaves the row ready, and nothing twice."""
    with transaction.atomic():
        row = JobRow.objects.select_for_update(of=("self",)).filter(pk=row_id, outcome=Outcome.READY).first()
        if row is None:
            return
        row.job = job
        try:
            with transaction.atomic():
                row.outcome = _written(handler, row, actor, context, now)
        except PortalError as error:
            row.outcome, row.problems = Outcome.REFUSED, [{"column": "", "message": str(error)}]
        except Exception:
            logger.exception("import %s, line %s", job.pk, row.line)
            sentence = translation.gettext("这一行没有写入，出错的情况已经记录。请联系系统管理员。")
            row.outcome, row.problems = Outcome.REFUSED, [{"column": "", "message": sentence}]
        row.save(update_fields=["outcome", "problems", "note"])


def _written(handler: RowHandler, row: JobRow, actor: Actor, context: dict, now: datetime) -> str:
    """Checked again: since the dry run the register, or the day, may have changed."""
    dates = {column.key for column in handler.columns if column.kind == "date"}
    values = {key: date.fromisoformat(value) if key in dates and value else value for key, value in row.values.items()}
    parsed = handler.check(values, context=context, today=civil_date(now))
    if problems := _problems(parsed):
        raise PortalError(" ".join(str(problem.message) for problem in problems))
    row.note = str(handler.difference(parsed)) or None
    return Outcome(handler.commit(parsed, actor=actor, job=row.job, now=now))


def _hold(job: Job, now: datetime, **columns) -> None:
    """Still at it: nobody else takes the job for abandoned."""
    Job.objects.filter(pk=job.pk).update(claimed_until=now + LEASE, **columns)


def _finish(job: Job, action: str, *, now: datetime, failure: str = "") -> None:
    with transaction.atomic():
        fresh = Job.objects.select_for_update(of=("self",)).get(pk=job.pk)
        if not JOB.allows(fresh.state, action):
            return
        fresh.state, fresh.failure, fresh.claimed_until = JOB.target(fresh.state, action), failure, None
        fresh.finished_at = now if action == JobAction.FINISH else None
        fresh.save()


def _as_json(actor: Actor) -> dict:
    return {
        "label": actor.label,
        "user_id": actor.user_id,
        "person_id": str(actor.person_id) if actor.person_id else None,
        "seats": [asdict(seat) for seat in actor.seats],
    }


def _actor(facts: dict) -> Actor:
    seats = tuple(SeatGrant(**seat) for seat in facts["seats"])
    person_id = UUID(facts["person_id"]) if facts["person_id"] else None
    return Actor(ActorKind.USER, facts["label"], facts["user_id"], person_id, seats, second_factor=True)


def _wake_worker() -> None:
    """Best effort: if the broker is gone, the sweep finds the job within seconds."""
    from apps.imports.tasks import work_on_due as task

    try:
        task.delay()
    except Exception:
        logger.warning("the broker does not answer; the sweep will work on the import", exc_info=True)
