"""Reading tables and archives that people bring: upload, dry run, writing row by row, taking back."""

from apps.imports.services.archives import Archive, FileRefused
from apps.imports.services.forgetting import forget_old_archives
from apps.imports.services.jobs import commit_job, upload_archive, upload_table
from apps.imports.services.mending import export_faulty_rows
from apps.imports.services.registry import (
    Column,
    RowHandler,
    RowProblem,
    handler_for,
    may_import,
    permissions_of,
    row_handler,
    row_handlers,
)
from apps.imports.services.results import export_results
from apps.imports.services.tables import TableRefused
from apps.imports.services.undoing import undo_job
from apps.imports.services.work import work_on_due

__all__ = [
    "Archive",
    "Column",
    "FileRefused",
    "RowHandler",
    "RowProblem",
    "TableRefused",
    "commit_job",
    "export_faulty_rows",
    "export_results",
    "forget_old_archives",
    "handler_for",
    "may_import",
    "permissions_of",
    "row_handler",
    "row_handlers",
    "undo_job",
    "upload_archive",
    "upload_table",
    "work_on_due",
]
