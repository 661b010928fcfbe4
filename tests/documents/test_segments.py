"""Large files: sealed in pieces, read anywhere, and no piece passes for another."""

import io
import random
from pathlib import Path

import pytest
import tink
from django.core.files.storage import default_storage

from apps.core.clock import now
from apps.core.encryption import create_data_key
from apps.documents.services import open_stored, segments, store_stream

pytestmark = pytest.mark.django_db
CONTENT = random.Random(7).randbytes(1000)


@pytest.fixture(autouse=True)
def _small_segments(monkeypatch):
    monkeypatch.setattr(segments, "SEGMENT", 64)


def stored(content=CONTENT):
    key = create_data_key()
    return store_stream(io.BytesIO(content), media_type="application/zip", purpose="test", data_key=key, now=now())


def test_what_was_stored_can_be_read_from_anywhere():
    file = stored()
    assert (file.size, file.segment_size) == (1000, 64)
    with open_stored(file) as reader:
        assert reader.read() == CONTENT
        for place in (0, 1, 63, 64, 65, 130, 999, 1000, 2000):
            reader.seek(place)
            assert reader.read(70) == CONTENT[place : place + 70]
        reader.seek(-10, io.SEEK_END)
        assert reader.read() == CONTENT[-10:]


def test_nothing_of_it_lies_open_in_the_storage():
    file = stored(b"secret words " * 40)
    with default_storage.open(file.path, "rb") as sealed:
        assert b"secret" not in sealed.read()


@pytest.mark.parametrize("harm", ["swapped", "cut off"])
def test_segments_that_were_swapped_or_cut_off_do_not_open(harm):
    file = stored()
    path = Path(default_storage.path(file.path))
    content = path.read_bytes()
    size = next(n for n in range(65, 200) if content[n : n + 3] == content[:3])
    harmed = content[size : 2 * size] + content[:size] + content[2 * size :] if harm == "swapped" else content[:-8]
    path.write_bytes(harmed)
    with open_stored(file) as reader, pytest.raises(tink.TinkError):
        reader.read()
