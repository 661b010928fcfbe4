"""Files from outside: taken in at the door, taken apart by a worker, kept only as made anew."""

import logging
import struct
import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from django.db import transaction

from apps.core.clock import Clock
from apps.core.models import DataKey
from apps.documents.enums import UploadProblem, UploadState
from apps.documents.models import Upload, UploadPage
from apps.documents.services.files import discard_file, read_file, store_file
from apps.documents.services.malware import is_malware
from apps.documents.services.media_types import JPEG, PDF, has_second_type, media_type_of
from apps.documents.services.photos import MAX_UPLOAD, UploadRefused

logger = logging.getLogger(__name__)

REENCODE = Path(__file__).parent / "reencode.py"
TIME_LIMIT = 60
"""Seconds for one file; a good one of 20 MB takes a few."""
LEASE = timedelta(minutes=3)
MAX_CLAIMS = 3
"""A file that three workers did not survive is refused as too heavy."""


@transaction.atomic
def take_in(*, upload, data_key: DataKey, purpose: str, now: datetime) -> Upload:
    """Quarantine an uploaded file, sealed, and wake a worker.

    Raises UploadRefused at once for what can be seen from outside: empty, over 20 MB, neither picture nor PDF.
    """
    content, media_type = _from_outside(upload)
    quarantined = store_file(
        content=content, media_type="application/octet-stream", purpose=purpose, data_key=data_key, now=now
    )
    row = Upload.objects.create(data_key=data_key, media_type=media_type, quarantined=quarantined, received_at=now)
    transaction.on_commit(_wake_worker, robust=True)
    return row


@transaction.atomic
def carry_over(upload: Upload, *, data_key: DataKey, now: datetime) -> Upload:
    """A clean upload once more, under another key: what was made anew needs no second look. Raises FileDamaged."""
    copied = {}
    for file in (upload.file, *(page.file for page in upload.pages.select_related("file__data_key"))):
        if file.pk not in copied:
            values = {"media_type": file.media_type, "purpose": file.purpose, "data_key": data_key, "now": now}
            copied[file.pk] = store_file(content=read_file(file), **values)
    row = Upload.objects.create(
        data_key=data_key,
        state=UploadState.CLEAN,
        media_type=upload.media_type,
        file=copied[upload.file_id],
        received_at=upload.received_at,
        checked_at=upload.checked_at,
    )
    UploadPage.objects.bulk_create(
        UploadPage(upload=row, number=page.number, file=copied[page.file_id]) for page in upload.pages.all()
    )
    return row


def _from_outside(upload) -> tuple[bytes, str]:
    if upload.size == 0:
        raise _refusal(UploadProblem.EMPTY)
    if upload.size > MAX_UPLOAD:
        raise _refusal(UploadProblem.TOO_LARGE)
    upload.seek(0)
    content = upload.read()
    media_type = media_type_of(content)
    if media_type is None:
        raise _refusal(UploadProblem.UNKNOWN_TYPE)
    if has_second_type(content, media_type):
        raise _refusal(UploadProblem.TWO_TYPES)
    return content, media_type


def check_due_uploads(*, clock: Clock) -> int:
    """Check what waits, one after another, until nothing does. Returns how many. Two workers never take the same."""
    checked = 0
    while upload := _claim(now=clock()):
        _finish(upload, _examine(upload), now=clock())
        checked += 1
    return checked


@transaction.atomic
def _claim(*, now: datetime) -> Upload | None:
    waiting = (
        Upload.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("data_key", "quarantined__data_key")
        .filter(state=UploadState.WAITING)
    )
    upload = waiting.exclude(claimed_until__gt=now).order_by("received_at").first()
    if upload is not None:
        upload.claims, upload.claimed_until = upload.claims + 1, now + LEASE
        upload.save(update_fields=["claims", "claimed_until"])
    return upload


@dataclass(frozen=True)
class Finding:
    """The file made anew and its pages as pictures, or the problem."""

    content: bytes = b""
    pages: tuple[bytes, ...] = ()
    problem: str = ""


def _examine(upload: Upload) -> Finding:
    if upload.claims > MAX_CLAIMS:
        return Finding(problem=UploadProblem.TOO_HEAVY)
    content = read_file(upload.quarantined)
    if is_malware(content):
        return Finding(problem=UploadProblem.MALWARE)
    return made_anew(content, upload.media_type)


def made_anew(content: bytes, media_type: str) -> Finding:
    """Ask the program with the hard limits; whatever a hostile file does to it, nothing happens here."""
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(REENCODE), media_type], input=content, capture_output=True, timeout=TIME_LIMIT
        )
    except subprocess.TimeoutExpired:
        return Finding(problem=UploadProblem.TOO_HEAVY)
    if done.returncode == 0:
        new, *pages = _frames(done.stdout)
        return Finding(new, tuple(pages))
    word = done.stderr.decode(errors="replace")
    if done.returncode == 3 and word in UploadProblem.values:
        return Finding(problem=word)
    logger.warning("an upload of type %s ended its examiner with status %s", media_type, done.returncode)
    return Finding(problem=UploadProblem.TOO_HEAVY)


def _frames(stream: bytes) -> list[bytes]:
    frames, place = [], 0
    while place < len(stream):
        (length,) = struct.unpack_from(">I", stream, place)
        frames.append(stream[place + 4 : place + 4 + length])
        place += 4 + length
    return frames


@transaction.atomic
def _finish(upload: Upload, finding: Finding, *, now: datetime) -> None:
    """Write what was found, unless another worker has taken over meanwhile; the quarantined bytes go."""
    fresh = Upload.objects.select_for_update(of=("self",)).get(pk=upload.pk)
    if fresh.claimed_until != upload.claimed_until or fresh.state != UploadState.WAITING:
        return
    quarantined, fresh.quarantined = upload.quarantined, None
    fresh.checked_at, fresh.claimed_until, fresh.problem = now, None, finding.problem
    fresh.state = UploadState.REFUSED if finding.problem else UploadState.CLEAN
    if not finding.problem:
        _keep(fresh, finding, upload.data_key, now=now)
    fresh.save()
    discard_file(quarantined)


def _keep(upload: Upload, finding: Finding, data_key: DataKey, *, now: datetime) -> None:
    keep = partial(store_file, purpose="upload.clean", data_key=data_key, now=now)
    upload.file = keep(content=finding.content, media_type=PDF if upload.media_type == PDF else JPEG)
    upload.save(update_fields=["file", "quarantined", "state"])
    for number, page in enumerate(finding.pages, start=1):
        is_whole = page == finding.content
        file = upload.file if is_whole else keep(content=page, media_type=JPEG)
        UploadPage.objects.create(upload=upload, number=number, file=file)


@transaction.atomic
def forget_upload(upload: Upload) -> None:
    """Remove an upload with everything made of it; the rows that refer to it are the owner's to remove first."""
    files = {file.pk: file for file in (upload.quarantined, upload.file) if file is not None}
    files |= {page.file_id: page.file for page in upload.pages.select_related("file")}
    upload.delete()
    for file in files.values():
        discard_file(file)


def _refusal(problem: UploadProblem) -> UploadRefused:
    return UploadRefused(problem.label)


def _wake_worker() -> None:
    """Best effort: if the broker is gone, the sweep finds the upload within seconds."""
    from apps.documents.tasks import check_due_uploads as task

    try:
        task.delay()
    except Exception:
        logger.warning("the broker does not answer; the sweep will check the upload", exc_info=True)
