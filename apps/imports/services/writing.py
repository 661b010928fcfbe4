"""Writing what the dry run found good, row by row, in the name of whoever gave the word."""

import logging
from datetime import date, datetime
from uuid import UUID

from celery.exceptions import SoftTimeLimitExceeded
from django.db import OperationalError, transaction
from django.utils.translation import gettext as _

from apps.core.actor import Actor, ActorKind, SeatGrant
from apps.core.clock import Clock, civil_date
from apps.core.errors import PortalError
from apps.imports.enums import JobAction, Outcome
from apps.imports.models import Job, JobRow
from apps.imports.services.claims import ClaimLost, finish_job, hold_job, release_job
from apps.imports.services.forgetting import forget_archive
from apps.imports.services.registry import handler_for, problems_in
from apps.imports.services.sources import context_of, open_source

logger = logging.getLogger(__name__)

CHUNK = 100
"""Rows between two looks at the clock where they are written one by one."""
NO_FAULT_OF_THE_ROW = (SoftTimeLimitExceeded, OperationalError)
"""The worker's time is up, or the database is away: the row stays ready for whoever comes next."""


def write_job(job: Job, *, clock: Clock, until: datetime) -> None:
    """Write row after row; at `until`, leave the rest to whoever comes next. Raises ClaimLost."""
    writing = _Writing(job)
    while ids := writing.next_rows():
        writing.write_chunk(ids, clock)
        if clock() >= until:
            release_job(job)
            return
    finish_job(job, JobAction.FINISH, now=clock())
    if writing.handler.is_archive:
        forget_archive(job.pk)


class _Writing:
    """A row's outcome commits with what it wrote: a worker that dies leaves the row ready, and nothing twice."""

    def __init__(self, job: Job):
        self.job, self.handler, self.actor = job, handler_for(job.kind), actor_of(job.committed_as)
        self.dates = {column.key for column in self.handler.columns if column.kind == "date"}
        self.source = open_source(job, self.handler) if self.handler.is_archive else None
        self.context = self._fresh_context()

    def _fresh_context(self) -> dict:
        return context_of(self.job, self.handler, self.source)

    def next_rows(self) -> list[UUID]:
        ready = self.job.rows.filter(outcome=Outcome.READY).order_by("line")
        return list(ready.values_list("pk", flat=True)[: max(CHUNK, self.handler.rows_at_once)])

    def write_chunk(self, ids: list[UUID], clock: Clock) -> None:
        """All at once where the kind can and nothing is in the way; else one by one, to learn which row it is."""
        if self.handler.rows_at_once > 1:
            try:
                self._write(ids, now=clock(), hold=True)
                return
            except (ClaimLost, *NO_FAULT_OF_THE_ROW):
                raise
            except Exception:
                logger.info("import %s: writing a chunk row by row", self.job.pk, exc_info=True)
                self.context = self._fresh_context()
        for row_id in ids:
            self._write_alone(row_id, now=clock())
        hold_job(self.job, now=clock(), claims=0)

    def _write_alone(self, row_id: UUID, *, now: datetime) -> None:
        """A row that cannot be written is refused with a sentence, and does not stop the others."""
        try:
            self._write([row_id], now=now)
            return
        except NO_FAULT_OF_THE_ROW:
            raise
        except PortalError as error:
            sentence = str(error)
        except Exception:
            logger.exception("import %s, row %s", self.job.pk, row_id)
            sentence = _("这一行没有写入，出错的情况已经记录。请联系系统管理员。")
        with transaction.atomic():
            for row in self._locked([row_id]):
                _refuse(row, sentence)

    @transaction.atomic
    def _write(self, ids: list[UUID], *, now: datetime, hold: bool = False) -> None:
        if hold:
            hold_job(self.job, now=now, claims=0)
        good = []
        for row in self._locked(ids):
            parsed = self._checked_again(row, now)
            if problems := problems_in(parsed):
                row.finding = next((problem.finding for problem in problems if problem.finding), row.finding)
                _refuse(row, " ".join(str(problem.message) for problem in problems))
            else:
                good.append((row, parsed))
        parsed_rows = [parsed for _row, parsed in good]
        notes = self.handler.differences(parsed_rows)
        outcomes = self.handler.commit_many(parsed_rows, actor=self.actor, job=self.job, now=now) if good else []
        _keep_outcomes([row for row, _parsed in good], outcomes, notes)

    def _locked(self, ids: list[UUID]) -> list[JobRow]:
        rows = JobRow.objects.select_for_update(of=("self",)).filter(pk__in=ids, outcome=Outcome.READY)
        found = list(rows.order_by("line"))
        for row in found:
            row.job = self.job
        return found

    def _checked_again(self, row: JobRow, now: datetime):
        """Since the dry run the register, or the day, may have changed."""
        values = {
            key: date.fromisoformat(value) if key in self.dates and value else value
            for key, value in row.values.items()
        }
        return self.handler.check(values, context=self.context, today=civil_date(now))


def _refuse(row: JobRow, sentence: str) -> None:
    row.outcome, row.problems = Outcome.REFUSED, [{"column": "", "message": sentence}]
    row.save(update_fields=["outcome", "problems", "finding"])


def _keep_outcomes(rows: list[JobRow], outcomes: list[str], notes: list[str]) -> None:
    """One question for each kind of outcome; only a row whose note is another than the dry run's is saved alone."""
    by_outcome: dict[Outcome, list[UUID]] = {}
    for row, outcome, note in zip(rows, outcomes, notes, strict=True):
        by_outcome.setdefault(Outcome(outcome), []).append(row.pk)
        if (note or None) != row.note:
            row.note = str(note) or None
            row.save(update_fields=["note"])
    for outcome, ids in by_outcome.items():
        JobRow.objects.filter(pk__in=ids).update(outcome=outcome)


def actor_of(facts: dict) -> Actor:
    seats = tuple(SeatGrant(**seat) for seat in facts["seats"])
    person_id = UUID(facts["person_id"]) if facts["person_id"] else None
    return Actor(ActorKind.USER, facts["label"], facts["user_id"], person_id, seats, second_factor=True)
