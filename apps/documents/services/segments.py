"""Files too large to hold in memory: sealed piece by piece while they come in, and read wherever somebody looks."""

import hashlib
import io
from collections.abc import Iterator
from datetime import datetime
from typing import BinaryIO

from django.core.files.base import File
from django.core.files.storage import default_storage

from apps.core.encryption import open_sealed, seal
from apps.core.models import DataKey
from apps.documents.models import StoredFile
from apps.documents.services.files import FileDamaged, unguessable_path

SEGMENT = 4 * 1024 * 1024
"""So much of a file lies in memory at once, plain."""


def store_stream(stream: BinaryIO, *, media_type: str, purpose: str, data_key: DataKey, now: datetime) -> StoredFile:
    """Keep what `stream` holds, sealed in segments, without ever having all of it in memory."""
    file = StoredFile(
        data_key=data_key,
        path=unguessable_path(),
        media_type=media_type,
        purpose=purpose,
        segment_size=SEGMENT,
        created_at=now,
    )
    sealing = _Sealing(stream, file)
    file.path = default_storage.save(file.path, sealing)
    file.size, file.sha256 = sealing.taken, sealing.hash.hexdigest()
    file.save(force_insert=True)
    return file


def open_stored(file: StoredFile) -> BinaryIO:
    """A stored stream, to be read and searched anywhere; one segment is in memory. Each piece proves its own place."""
    try:
        return io.BufferedReader(_Opened(file), buffer_size=64 * 1024)
    except OSError as error:
        raise FileDamaged from error


class _Sealing(File):
    """What the storage is handed: its chunks are the sealed segments."""

    def __init__(self, stream: BinaryIO, stored: StoredFile):
        super().__init__(stream)
        self.stored, self.taken, self.hash = stored, 0, hashlib.sha256()

    def chunks(self, chunk_size=None) -> Iterator[bytes]:
        self.file.seek(0)
        number = 0
        while plain := self.file.read(SEGMENT):
            self.taken += len(plain)
            self.hash.update(plain)
            yield seal(self.stored.data_key, plain, _context(self.stored, number))
            number += 1

    def multiple_chunks(self, chunk_size=None) -> bool:
        return True


class _Opened(io.RawIOBase):
    def __init__(self, stored: StoredFile):
        self.stored, self.place, self.held = stored, 0, (-1, b"")
        self.sealed_size = len(seal(stored.data_key, bytes(stored.segment_size), "size"))
        self.source = default_storage.open(stored.path, "rb")

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self.place

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self.place, io.SEEK_END: self.stored.size}[whence]
        if start + offset < 0:
            raise ValueError("before the beginning")
        self.place = start + offset
        return self.place

    def readinto(self, buffer) -> int:
        if self.place >= self.stored.size:
            return 0
        number, begin = divmod(self.place, self.stored.segment_size)
        piece = self._segment(number)[begin : begin + len(buffer)]
        buffer[: len(piece)] = piece
        self.place += len(piece)
        return len(piece)

    def _segment(self, number: int) -> bytes:
        if self.held[0] != number:
            self.source.seek(number * self.sealed_size)
            sealed = self.source.read(self.sealed_size)
            plain = open_sealed(self.stored.data_key, sealed, _context(self.stored, number))
            if len(plain) != min(self.stored.segment_size, self.stored.size - number * self.stored.segment_size):
                raise FileDamaged
            self.held = (number, plain)
        return self.held[1]

    def close(self) -> None:
        if not self.closed:
            self.source.close()
        super().close()


def _context(file: StoredFile, number: int) -> str:
    return f"documents.storedfile:{file.pk}:{number}"
