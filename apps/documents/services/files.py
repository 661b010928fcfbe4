"""Bytes in the storage, sealed under a person's key where one is given."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.http import FileResponse
from django.utils.translation import gettext_lazy as _

from apps.core.encryption import open_sealed, seal
from apps.core.errors import PortalError
from apps.core.models import DataKey
from apps.documents.models import StoredFile, Upload


class FileDamaged(PortalError):
    """The bytes in the storage are not those that were stored."""

    code = "file_damaged"
    message = _("这份文件已损坏，暂时无法打开。请致电协会，我们会重新生成或请您重新上传。")


@dataclass(frozen=True)
class NewFile:
    content: bytes
    data_key: DataKey | None = None


def store_file(
    *, content: bytes, media_type: str, purpose: str, data_key: DataKey | None = None, now: datetime
) -> StoredFile:
    """Keep `content` for ever under a name nobody can guess.

    The bytes are written before the row commits: a file without a row is harmless, a row without a file is not.
    """
    (file,) = store_files([NewFile(content, data_key)], media_type=media_type, purpose=purpose, now=now)
    return file


def store_files(files: list[NewFile], *, media_type: str, purpose: str, now: datetime) -> list[StoredFile]:
    """Several of a kind, as `store_file` keeps one: their bytes first, then all their rows at once."""
    rows = [_written(new, media_type, purpose, now) for new in files]
    return StoredFile.objects.bulk_create(rows)


def _written(new: NewFile, media_type: str, purpose: str, now: datetime) -> StoredFile:
    file = StoredFile(
        data_key=new.data_key,
        path=unguessable_path(),
        media_type=media_type,
        size=len(new.content),
        sha256=hashlib.sha256(new.content).hexdigest(),
        purpose=purpose,
        created_at=now,
    )
    stored = new.content if new.data_key is None else seal(new.data_key, new.content, _context(file))
    file.path = default_storage.save(file.path, ContentFile(stored))
    return file


def read_file(file: StoredFile) -> bytes:
    """The plain bytes, checked against their hash. Raises FileDamaged, or DataKeyDestroyed after an erasure.

    What `store_stream` has kept is for `open_stored`.
    """
    try:
        with default_storage.open(file.path, "rb") as stored:
            content = stored.read()
    except OSError as error:
        raise FileDamaged from error
    if file.data_key is not None:
        content = open_sealed(file.data_key, content, _context(file))
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise FileDamaged
    return content


def discard_file(file: StoredFile) -> None:
    """Remove a file that nothing refers to any more; its bytes go once that is settled."""
    path = file.path
    file.delete()
    transaction.on_commit(lambda: default_storage.delete(path), robust=True)


def erase_files_under(key: DataKey) -> int:
    """Every file and upload sealed under the key: rows now, bytes after the commit."""
    Upload.objects.filter(data_key=key).delete()
    files = list(StoredFile.objects.filter(data_key=key))
    for file in files:
        discard_file(file)
    return len(files)


def file_response(file: StoredFile, filename: str, *, inline: bool = False) -> FileResponse:
    """The file as a download (or shown in place), for its reader only: no cache keeps it."""
    response = FileResponse(
        BytesIO(read_file(file)), as_attachment=not inline, filename=filename, content_type=file.media_type
    )
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def unguessable_path() -> str:
    token = secrets.token_hex(20)
    return f"{token[:2]}/{token[2:]}"


def _context(file: StoredFile) -> str:
    return f"documents.storedfile:{file.pk}"
