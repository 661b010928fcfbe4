"""What a job's file is read as, by its kind: a table, or an archive whose files are the rows."""

from apps.documents.services import open_stored, read_file
from apps.imports.models import Job
from apps.imports.services.archives import Archive
from apps.imports.services.registry import RowHandler
from apps.imports.services.tables import Table, read_table


def open_source(job: Job, handler: RowHandler) -> Table | Archive:
    """Raises TableRefused where it is not what the kind asks for."""
    return Archive(open_stored(job.file)) if handler.is_archive else read_table(read_file(job.file))


def context_of(job: Job, handler: RowHandler, source: Table | Archive) -> dict:
    """What the checks of one file share: see RowHandler.check."""
    context = {"uploaded_by": job.uploaded_by_id}
    return context | {"archive": source} if handler.is_archive else context
