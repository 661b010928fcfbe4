"""Reading tables that people bring: upload, dry run, writing row by row."""

from apps.imports.services.jobs import commit_job, upload_table
from apps.imports.services.mending import export_faulty_rows
from apps.imports.services.registry import Column, RowHandler, RowProblem, handler_for, row_handler, row_handlers
from apps.imports.services.tables import TableRefused
from apps.imports.services.work import work_on_due

__all__ = [
    "Column",
    "RowHandler",
    "RowProblem",
    "TableRefused",
    "commit_job",
    "export_faulty_rows",
    "handler_for",
    "row_handler",
    "row_handlers",
    "upload_table",
    "work_on_due",
]
