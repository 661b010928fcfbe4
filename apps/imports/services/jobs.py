"""What people do with an import: bring a file, and give the word to write what the dry run found good."""

import logging
from dataclasses import asdict
from datetime import datetime
from typing import BinaryIO

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from apps.audit.services import record
from apps.core.actor import Actor
from apps.core.encryption import create_data_key
from apps.core.errors import NotPermitted, PortalError, RequirementsMissing
from apps.core.models import DataKey
from apps.documents.services import store_file, store_stream
from apps.imports.enums import JobAction, Outcome
from apps.imports.models import Job
from apps.imports.services.registry import handler_for
from apps.imports.workflow import JOB

logger = logging.getLogger(__name__)


class ArchiveGone(PortalError):
    code = "archive_gone"
    message = _("检查已过去 14 天，压缩包已经删除。请重新上传。")


@transaction.atomic
def upload_table(*, actor: Actor, kind: str, content: bytes, filename: str, language: str, now: datetime) -> Job:
    """Keep the file, sealed, and have a worker check it. Nothing is written into any register yet."""
    handler_for(kind)
    key = _key_for(actor)
    kept = {"media_type": "application/octet-stream", "purpose": "import", "data_key": key, "now": now}
    return _begin(actor, kind, store_file(content=content, **kept), filename, language, now)


@transaction.atomic
def upload_archive(*, actor: Actor, kind: str, stream: BinaryIO, filename: str, language: str, now: datetime) -> Job:
    """The same of a ZIP of pictures, which nobody ever has in memory as a whole."""
    handler_for(kind)
    key = _key_for(actor)
    kept = {"media_type": "application/zip", "purpose": "import", "data_key": key, "now": now}
    return _begin(actor, kind, store_stream(stream, **kept), filename, language, now)


def _key_for(actor: Actor) -> DataKey:
    if not actor.is_signed_in or not actor.seats:
        raise NotPermitted
    return create_data_key()


def _begin(actor: Actor, kind: str, file, filename: str, language: str, now: datetime) -> Job:
    job = Job.objects.create(
        kind=kind,
        file=file,
        filename=filename[:200],
        data_key=file.data_key,
        language=language,
        uploaded_by_id=actor.user_id,
        uploaded_at=now,
    )
    record(actor, "import.uploaded", job, now=now, after={"kind": kind, "sha256": job.file.sha256})
    transaction.on_commit(wake_worker, robust=True)
    return job


@transaction.atomic
def commit_job(*, actor: Actor, job_id, now: datetime) -> Job:
    """Give the word: a worker writes every row that the dry run found good, in the actor's name."""
    job = Job.objects.select_for_update(of=("self",)).get(pk=job_id)
    if not actor.is_signed_in or not actor.seats:
        raise NotPermitted
    job.state = JOB.target(job.state, JobAction.COMMIT)
    if job.file_id is None:
        raise ArchiveGone
    ready = job.rows.filter(outcome=Outcome.READY).count()
    if not ready:
        raise RequirementsMissing([translation.gettext("没有一行可以导入。请改正文件后重新上传。")])
    job.committed_as, job.commit_asked_at, job.claimed_until = actor_as_json(actor), now, None
    job.claims = 0
    job.save()
    record(actor, "import.committed", job, now=now, after={"kind": job.kind, "rows": ready})
    transaction.on_commit(wake_worker, robust=True)
    return job


def actor_as_json(actor: Actor) -> dict:
    return {
        "label": actor.label,
        "user_id": actor.user_id,
        "person_id": str(actor.person_id) if actor.person_id else None,
        "seats": [asdict(seat) for seat in actor.seats],
    }


def wake_worker() -> None:
    """Best effort: if the broker is gone, the sweep finds the job within seconds."""
    from apps.imports.tasks import work_on_due as task

    try:
        task.delay()
    except Exception:
        logger.warning("the broker does not answer; the sweep will work on the import", exc_info=True)
