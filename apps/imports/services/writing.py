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
from apps.imports.services.claims import finish_job, hold_job, release_job
from apps.imports.services.registry import handler_for, problems_in

logger = logging.getLogger(__name__)

CHUNK = 100
NO_FAULT_OF_THE_ROW = (SoftTimeLimitExceeded, OperationalError)
"""The worker's time is up, or the database is away: the row stays ready for whoever comes next."""


def write_job(job: Job, *, clock: Clock, until: datetime) -> None:
    """Write row after row; at `until`, leave the rest to whoever comes next. Raises ClaimLost."""
    writing = _Writing(job)
    while ids := writing.next_rows():
        for row_id in ids:
            writing.write(row_id, now=clock())
        hold_job(job, now=clock(), claims=0)
        if clock() >= until:
            release_job(job)
            return
    finish_job(job, JobAction.FINISH, now=clock())


class _Writing:
    def __init__(self, job: Job):
        self.job, self.handler, self.actor = job, handler_for(job.kind), _actor(job.committed_as)
        self.dates = {column.key for column in self.handler.columns if column.kind == "date"}
        self.context: dict = {}

    def next_rows(self) -> list[UUID]:
        ready = self.job.rows.filter(outcome=Outcome.READY).order_by("line")
        return list(ready.values_list("pk", flat=True)[:CHUNK])

    def write(self, row_id: UUID, *, now: datetime) -> None:
        """The row's outcome commits with what it wrote: a worker that dies leaves the row ready, nothing twice."""
        with transaction.atomic():
            row = JobRow.objects.select_for_update(of=("self",)).filter(pk=row_id, outcome=Outcome.READY).first()
            if row is None:
                return
            row.job = self.job
            try:
                with transaction.atomic():
                    row.outcome = self._written(row, now)
            except NO_FAULT_OF_THE_ROW:
                raise
            except PortalError as error:
                row.outcome, row.problems = Outcome.REFUSED, [{"column": "", "message": str(error)}]
            except Exception:
                logger.exception("import %s, line %s", self.job.pk, row.line)
                sentence = _("这一行没有写入，出错的情况已经记录。请联系系统管理员。")
                row.outcome, row.problems = Outcome.REFUSED, [{"column": "", "message": sentence}]
            row.save(update_fields=["outcome", "problems", "note"])

    def _written(self, row: JobRow, now: datetime) -> str:
        """Checked again: since the dry run the register, or the day, may have changed."""
        values = {
            key: date.fromisoformat(value) if key in self.dates and value else value
            for key, value in row.values.items()
        }
        parsed = self.handler.check(values, context=self.context, today=civil_date(now))
        if problems := problems_in(parsed):
            raise PortalError(" ".join(str(problem.message) for problem in problems))
        row.note = str(self.handler.difference(parsed)) or None
        return Outcome(self.handler.commit(parsed, actor=self.actor, job=self.job, now=now))


def _actor(facts: dict) -> Actor:
    seats = tuple(SeatGrant(**seat) for seat in facts["seats"])
    person_id = UUID(facts["person_id"]) if facts["person_id"] else None
    return Actor(ActorKind.USER, facts["label"], facts["user_id"], person_id, seats, second_factor=True)
