"""Pictures as they came, with all that a camera writes into them, are kept only until they are written."""

from datetime import datetime, timedelta

from django.db import transaction

from apps.documents.services import discard_file
from apps.imports.enums import JobState
from apps.imports.models import Job
from apps.imports.services.registry import row_handlers

UNCONFIRMED = timedelta(days=14)
"""So long a dry run waits for somebody's word; then the archive goes, and the same file can be uploaded again."""
DONE_WITH = [JobState.COMMITTED, JobState.FAILED, JobState.UNDOING, JobState.UNDONE]


@transaction.atomic
def forget_archive(job_id) -> None:
    """The file goes, the rows stay: what became of each can still be read and taken back. Twice changes nothing."""
    job = Job.objects.select_for_update(of=("self",)).select_related("file").get(pk=job_id)
    if job.file is None:
        return
    file, job.file = job.file, None
    job.save(update_fields=["file"])
    discard_file(file)


def forget_old_archives(*, now: datetime) -> int:
    """Those whose writing ended without anybody forgetting them, and those that nobody gave the word for."""
    kinds = [handler.kind for handler in row_handlers() if handler.is_archive]
    kept = Job.objects.filter(kind__in=kinds, file__isnull=False)
    old = kept.filter(state=JobState.CHECKED, uploaded_at__lt=now - UNCONFIRMED)
    ids = list((kept.filter(state__in=DONE_WITH) | old).values_list("pk", flat=True))
    for job_id in ids:
        forget_archive(job_id)
    return len(ids)
