"""The dry run: every line of the file becomes a row that says whether it could be written. Goes on where it stopped."""

from collections.abc import Iterator
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from apps.core.clock import Clock, civil_date
from apps.imports.enums import JobAction, Outcome
from apps.imports.models import Job, JobRow
from apps.imports.services.cells import place_columns, read_row
from apps.imports.services.claims import finish_job, hold_job, release_job
from apps.imports.services.registry import RowHandler, handler_for, problems_in
from apps.imports.services.sources import context_of, open_source
from apps.imports.services.tables import Table, TableRefused

CHUNK = 500
"""At most; a kind whose rows take long checks fewer between two looks at the clock."""


def check_job(job: Job, *, clock: Clock, until: datetime) -> None:
    """Check line after line; at `until`, leave the rest to whoever comes next. Raises ClaimLost."""
    handler = handler_for(job.kind)
    try:
        table = open_source(job, handler)
        run = _DryRun(job, handler, table)
    except TableRefused as error:
        finish_job(job, JobAction.REJECT, now=clock(), failure=str(error))
        return
    done = job.rows.aggregate(last=Max("line"))["last"] or 0
    size = min(CHUNK, handler.checked_at_once)
    for lines in _chunks([row for row in table.rows if row[0] <= done], CHUNK):
        run.recall(lines, today=civil_date(clock()))
        hold_job(job, now=clock())
    checked = len([row for row in table.rows if row[0] <= done])
    for lines in _chunks([row for row in table.rows if row[0] > done], size):
        rows = run.check(lines, today=civil_date(clock()))
        checked += len(rows)
        with transaction.atomic():
            hold_job(job, now=clock(), row_count=checked, claims=0)
            JobRow.objects.bulk_create(rows)
        if checked < len(table.rows) and clock() >= until:
            release_job(job)
            return
    finish_job(job, JobAction.FINISH_CHECK, now=clock())


def _chunks(lines: list, size: int) -> Iterator[list]:
    return (lines[start : start + size] for start in range(0, len(lines), size))


def _nothing_in_it(handler: RowHandler) -> TableRefused:
    if handler.is_archive:
        return TableRefused(_("压缩包里没有文件。请放入照片，重新压缩后上传。"))
    return TableRefused(_("文件只有列名，没有数据行。请填写后重新上传。"))


class _DryRun:
    """Checks lines of one table; `context` remembers what stood in earlier ones."""

    def __init__(self, job: Job, handler: RowHandler, table: Table):
        self.job, self.handler = job, handler
        self.placed = place_columns(table.header, handler.columns)
        self.context = context_of(job, handler, table)
        if not table.rows:
            raise _nothing_in_it(handler)

    def recall(self, lines: list, *, today: date) -> None:
        for _line, cells in lines:
            values, problems = read_row(cells, self.placed, self.handler.columns)
            if not problems:
                self.handler.recall(values, context=self.context, today=today)

    def check(self, lines: list, *, today: date) -> list[JobRow]:
        rows, good = [], []
        for line, cells in lines:
            values, problems = read_row(cells, self.placed, self.handler.columns)
            row = JobRow(job=self.job, line=line, values=_as_json(values), outcome=Outcome.READY)
            if not problems:
                parsed = self.handler.check(values, context=self.context, today=today)
                problems = problems_in(parsed)
                good += [] if problems else [(row, parsed)]
                row.finding = "" if problems else self.handler.finding(parsed)
            if problems:
                row.problems = [{"column": p.column, "message": str(p.message)} for p in problems]
                row.outcome, row.finding = Outcome.PROBLEM, next((p.finding for p in problems if p.finding), "")
            rows.append(row)
        notes = self.handler.differences([parsed for _row, parsed in good])
        for (row, _parsed), note in zip(good, notes, strict=True):
            row.note = str(note) or None
        return rows


def _as_json(values: dict) -> dict:
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in values.items()}
