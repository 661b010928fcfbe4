"""What comes from outside: seen by nobody before it was made anew, refused with a reason where it cannot be."""

import struct
import threading
import zlib
from datetime import timedelta
from functools import partial
from io import BytesIO

import pikepdf
import pillow_heif
import pytest
from django.core.files.storage import default_storage
from PIL import Image

from apps.core import clock
from apps.core.encryption import create_data_key
from apps.documents.enums import UploadProblem, UploadState
from apps.documents.models import StoredFile, Upload
from apps.documents.services import UploadRefused, check_due_uploads, forget_upload, read_file, take_in, uploads
from tests.factories import uploads as made
from tests.factories.documents import picture, picture_bytes


def receive(content: bytes, name="scan.bin") -> Upload:
    return take_in(upload=made.upload(content, name), data_key=create_data_key(), purpose="test", now=clock.now())


def checked(content: bytes) -> Upload:
    row = receive(content)
    check_due_uploads(clock=clock.now)
    return Upload.objects.select_related("file__data_key").get(pk=row.pk)


def heic_bytes() -> bytes:
    out = BytesIO()
    pillow_heif.from_pillow(picture()).save(out, quality=80)
    return out.getvalue()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "content", [picture_bytes(picture()), picture_bytes(picture(), "PNG"), heic_bytes()], ids=["JPEG", "PNG", "HEIC"]
)
def test_picture_is_made_anew_as_jpeg(content):
    row = checked(content)
    assert (row.state, row.problem) == (UploadState.CLEAN, "")
    assert Image.open(BytesIO(read_file(row.file))).size == (600, 800)
    assert row.pages.count() == 1


@pytest.mark.django_db
def test_place_of_a_photo_does_not_come_along():
    content = made.portrait_with_place()
    assert b"secret-place" in content
    assert b"secret-place" not in read_file(checked(content).file)


@pytest.mark.django_db
def test_pdf_loses_all_that_acts_and_gets_a_picture_of_each_page():
    row = checked(made.pdf_that_acts())
    assert row.state == UploadState.CLEAN
    with pikepdf.open(BytesIO(read_file(row.file))) as document:
        words = b"".join(
            bytes(item.read_raw_bytes()) if isinstance(item, pikepdf.Stream) else repr(item).encode()
            for item in document.objects
        )
        assert b"secret" not in words
        assert "/OpenAction" not in document.Root
        assert len(document.pages) == 1
    drawn = Image.open(BytesIO(read_file(row.pages.get().file)))
    assert drawn.width == 1400
    red, _green, blue = drawn.getpixel((600, 1200))
    assert blue > 200 > 60 > red


@pytest.mark.django_db
def test_each_page_is_drawn_in_order():
    assert list(checked(made.pdf_bytes(3)).pages.order_by("number").values_list("number", flat=True)) == [1, 2, 3]


def empty_png(width: int, height: int) -> bytes:
    """A PNG of a few kilobytes that unpacks to `width` times `height` pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * ((width // 8 + 1) * height), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", UploadProblem.EMPTY),
        (b"x" * (20 * 1024 * 1024 + 1), UploadProblem.TOO_LARGE),
        (b"MZ\x90 a program named photo.jpg", UploadProblem.UNKNOWN_TYPE),
        (b"<html><script>alert(1)</script>", UploadProblem.UNKNOWN_TYPE),
        (b"GIF89a" + b"\0" * 50, UploadProblem.UNKNOWN_TYPE),
        (made.zip_behind(picture_bytes()), UploadProblem.TWO_TYPES),
        (made.zip_behind(made.pdf_bytes()), UploadProblem.TWO_TYPES),
        (b"\xff\xd8\xff\xe0 <script>alert(1)</script>", UploadProblem.TWO_TYPES),
        (b"\xff\xd8\xff\xe0 %PDF-1.7", UploadProblem.TWO_TYPES),
    ],
)
def test_what_can_be_seen_from_outside_is_refused_at_the_door(content, problem):
    with pytest.raises(UploadRefused) as refusal:
        receive(content)
    assert str(refusal.value) == problem.label
    assert not StoredFile.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (picture_bytes()[:3000], UploadProblem.BROKEN),
        (made.pdf_bytes()[:200], UploadProblem.BROKEN),
        (empty_png(30_000, 30_000), UploadProblem.TOO_HEAVY),
        (made.pdf_bytes(encryption=pikepdf.Encryption(owner="o", user="u")), UploadProblem.ENCRYPTED),
        (made.pdf_bytes(encryption=pikepdf.Encryption(owner="o", user="")), UploadProblem.ENCRYPTED),
        (made.pdf_bytes(21), UploadProblem.TOO_MANY_PAGES),
        (
            made.pdf_bytes(root={"/AcroForm": pikepdf.Dictionary(XFA=pikepdf.String("x"))}),
            UploadProblem.FORM,
        ),
    ],
    ids=["half a picture", "half a PDF", "pixel bomb", "password", "owner's password", "21 pages", "XFA"],
)
def test_what_shows_only_inside_is_refused_with_its_reason_and_nothing_is_kept(content, problem):
    row = checked(content)
    assert (row.state, row.problem) == (UploadState.REFUSED, problem)
    assert not StoredFile.objects.exists()


@pytest.mark.django_db
@pytest.mark.slow
def test_bomb_in_a_pdf_ends_the_examiner_and_nobody_else():
    row = checked(made.pdf_bomb())
    assert row.problem == UploadProblem.TOO_HEAVY


@pytest.mark.django_db
def test_original_bytes_are_sealed_while_they_wait_and_gone_afterwards(django_capture_on_commit_callbacks):
    content = made.portrait_with_place()
    row = receive(content)
    path = row.quarantined.path
    assert b"secret-place" not in default_storage.open(path).read()
    with django_capture_on_commit_callbacks(execute=True):
        check_due_uploads(clock=clock.now)
    assert not default_storage.exists(path)


def _same(moment):
    return moment


@pytest.mark.django_db
def test_file_that_kills_three_workers_is_refused(monkeypatch):
    row = receive(picture_bytes())
    moment = clock.now()

    def die(content, media_type):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(uploads, "made_anew", die)
        for worker in range(3):
            later = moment + worker * timedelta(minutes=4)
            with pytest.raises(KeyboardInterrupt):
                check_due_uploads(clock=partial(_same, later))
            assert check_due_uploads(clock=partial(_same, later)) == 0, "the dead worker's claim holds for a while"
    check_due_uploads(clock=partial(_same, moment + timedelta(minutes=12)))
    row.refresh_from_db()
    assert (row.state, row.problem) == (UploadState.REFUSED, UploadProblem.TOO_HEAVY)


@pytest.mark.django_db
def test_worker_that_comes_too_late_writes_nothing(monkeypatch):
    row = receive(picture_bytes())
    real = uploads.made_anew

    def slow(content, media_type):
        finding = real(content, media_type)
        Upload.objects.update(claimed_until=clock.now() + timedelta(hours=1))  # another worker has taken over
        return finding

    monkeypatch.setattr(uploads, "made_anew", slow)
    check_due_uploads(clock=clock.now)
    row.refresh_from_db()
    assert row.state == UploadState.WAITING


@pytest.mark.django_db(transaction=True)
def test_two_workers_check_one_upload_once(monkeypatch):
    monkeypatch.setattr(uploads, "_wake_worker", lambda: None)
    row = receive(picture_bytes())
    counts = []

    def work():
        from django.db import connection

        counts.append(check_due_uploads(clock=clock.now))
        connection.close()

    workers = [threading.Thread(target=work) for _worker in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    row.refresh_from_db()
    assert sum(counts) == 1
    assert row.state == UploadState.CLEAN
    assert row.pages.count() == 1


@pytest.mark.django_db
def test_malware_is_refused_and_a_silent_scanner_leaves_it_in_quarantine(monkeypatch):
    row = receive(picture_bytes())

    def silent(content):
        raise ConnectionError

    with monkeypatch.context() as patch:
        patch.setattr(uploads, "is_malware", silent)
        with pytest.raises(ConnectionError):
            check_due_uploads(clock=clock.now)
    row.refresh_from_db()
    assert row.state == UploadState.WAITING
    monkeypatch.setattr(uploads, "is_malware", lambda content: True)
    check_due_uploads(clock=lambda: clock.now() + timedelta(minutes=4))
    row.refresh_from_db()
    assert row.problem == UploadProblem.MALWARE


@pytest.mark.django_db
def test_forgotten_upload_leaves_no_row_and_no_bytes(django_capture_on_commit_callbacks):
    row = checked(made.pdf_bytes(2))
    paths = list(StoredFile.objects.values_list("path", flat=True))
    assert len(paths) == 3
    with django_capture_on_commit_callbacks(execute=True):
        forget_upload(row)
    assert not StoredFile.objects.exists()
    assert not any(default_storage.exists(path) for path in paths)
