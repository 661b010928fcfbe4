"""The rows that need mending as a file of their own: mend them there, upload the file again."""

import csv
import io
from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from apps.audit.services import record
from apps.core.actor import Actor
from apps.core.errors import NotPermitted
from apps.imports.models import Job, JobRow
from apps.imports.selectors import faulty_rows
from apps.imports.services.cells import PROBLEMS_HEADING, WOULD_BE_CHANGED
from apps.imports.services.registry import RowHandler, handler_for, may_import

PURPOSE = "imports.mend_rows"
PIECE = 500


@transaction.atomic
def export_faulty_rows(*, actor: Actor, job: Job, now: datetime) -> Iterator[bytes]:
    """A CSV, piece by piece, that `upload_table` reads again. Recorded, before the first piece, as an export."""
    handler = handler_for(job.kind)
    if not may_import(actor, handler):
        raise NotPermitted
    after = {"kind": job.kind, "rows": faulty_rows(job).count()}
    record(actor, "import.faulty_rows_exported", job, now=now, after=after, purpose=PURPOSE)
    return _pieces(job, handler)


def _pieces(job: Job, handler: RowHandler) -> Iterator[bytes]:
    """Headings and problems in the language of the import, for a byte order mark tells Excel that this is UTF-8."""
    with translation.override(job.language):
        labels = {column.key: str(column.label) for column in handler.columns}
        heading = _(PROBLEMS_HEADING)
    yield as_csv([[*labels.values(), heading]]).encode("utf-8-sig")
    line = 0
    while rows := list(faulty_rows(job).filter(line__gt=line)[:PIECE]):
        yield as_csv(_cells(job, row, labels) for row in rows).encode()
        line = rows[-1].line


def _cells(job: Job, row: JobRow, labels: dict[str, str]) -> list[str]:
    row.job = job
    problems = [
        f"{labels[problem['column']]}: {problem['message']}" if problem["column"] in labels else problem["message"]
        for problem in row.problems
    ]
    return [kept_as_text(str(row.values.get(key) or "")) for key in labels] + [kept_as_text(" ".join(problems))]


def kept_as_text(text: str) -> str:
    """An apostrophe in front, which reading the file takes away again, keeps spreadsheets from changing the text."""
    return f"'{text}" if WOULD_BE_CHANGED.match(text) else text


def as_csv(rows) -> str:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()
