"""What became of each file of an archive, as a table to keep or to mend by."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from apps.audit.services import record
from apps.core.actor import Actor
from apps.core.errors import NotPermitted
from apps.imports.models import Job, JobRow
from apps.imports.services.mending import PIECE, as_csv, kept_as_text
from apps.imports.services.registry import RowHandler, handler_for, may_import

PURPOSE = "imports.results"


@transaction.atomic
def export_results(*, actor: Actor, job: Job, now: datetime) -> Iterator[bytes]:
    """A CSV, piece by piece: file, what became of it, why. Recorded, before the first piece, as an export."""
    handler = handler_for(job.kind)
    if not may_import(actor, handler):
        raise NotPermitted
    after = {"kind": job.kind, "rows": job.rows.count()}
    record(actor, "import.results_exported", job, now=now, after=after, purpose=PURPOSE)
    return _pieces(job, handler)


def _pieces(job: Job, handler: RowHandler) -> Iterator[bytes]:
    with translation.override(job.language):
        labels = [str(column.label) for column in handler.columns]
        heading = [*labels, _("检查结果"), _("结果"), _("原因")]
        words = {key: str(label) for key, label in handler.findings.items()}
        outcomes = {value: str(label) for value, label in JobRow._meta.get_field("outcome").choices}
    yield as_csv([heading]).encode("utf-8-sig")
    line = 0
    while rows := list(job.rows.filter(line__gt=line).order_by("line")[:PIECE]):
        for row in rows:
            row.job = job
        yield as_csv(_cells(row, handler, words, outcomes) for row in rows).encode()
        line = rows[-1].line


def _cells(row: JobRow, handler: RowHandler, words: dict, outcomes: dict) -> list[str]:
    why = " ".join(problem["message"] for problem in row.problems or []) or row.note or ""
    cells = [row.values.get(column.key) or "" for column in handler.columns]
    return [kept_as_text(str(cell)) for cell in [*cells, words.get(row.finding, ""), outcomes[row.outcome], why]]
