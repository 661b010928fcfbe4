"""Files made to hurt: a clear sentence, and the program that reads them keeps its limits of time and memory."""

import io
import re
import threading
import time
import zlib

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from apps.certificates.enums import VerdictWord as Word
from apps.certificates.services import ExaminersBusy, checking, examine_pdf
from apps.core.clock import now as present
from apps.verification.services import verdict_on_pdf

pytestmark = pytest.mark.django_db


def document(change=None, pages: int = 1, **how) -> bytes:
    made = pikepdf.new()
    for _number in range(pages):
        made.add_blank_page()
    if change:
        change(made)
    out = io.BytesIO()
    made.save(out, **how)
    return out.getvalue()


def with_script(made) -> None:
    action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert('hello')")
    made.Root.OpenAction = made.make_indirect(action)


def with_dynamic_form(made) -> None:
    made.Root.AcroForm = pikepdf.Dictionary(Fields=[], XFA=made.make_stream(b"<xdp/>"))


def bomb(size: int) -> bytes:
    """A cross-reference stream of zeros, packed twice: a few kilobytes that become `size`."""
    packer, packed = zlib.compressobj(9), b""
    for _part in range(size // 2**20):
        packed += packer.compress(bytes(2**20))
    packed = zlib.compress(packed + packer.flush(), 9)
    head = b"%PDF-1.7\n"
    entries = b"<</Type/XRef/W[1 2 1]/Size %d/Root 1 0 R/Filter[/FlateDecode/FlateDecode]/Length %d>>" % (
        size // 4,
        len(packed),
    )
    xref = b"9 0 obj\n" + entries + b"\nstream\n" + packed + b"\nendstream\nendobj\n"
    return head + xref + b"startxref\n%d\n%%%%EOF\n" % len(head)


def deep(levels: int) -> bytes:
    return b"%PDF-1.7\n1 0 obj\n" + b"[" * levels + b"]" * levels + b"\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF"


def endless() -> bytes:
    """A page tree that is its own child."""
    tree = b"2 0 obj\n<</Type/Pages/Count 1/Kids[2 0 R]>>\nendobj\n"
    return (
        b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
        + tree
        + b"trailer\n<</Root 1 0 R/Size 3>>\nstartxref\n9\n%%EOF"
    )


@pytest.mark.parametrize(
    ("content", "word", "sentence"),
    [
        (document(encryption=pikepdf.Encryption(owner="a", user="b")), Word.UNREADABLE, "有密码保护"),
        (document(with_script), Word.UNKNOWN_SIGNER, "会自动运行的程序"),
        (document(with_dynamic_form), Word.UNKNOWN_SIGNER, "动态表单"),
        (document(pages=13), Word.UNREADABLE, "页数太多"),
        (b"%PDF-1.7 broken", Word.UNREADABLE, ""),
        (endless(), Word.UNREADABLE, ""),
    ],
    ids=["password", "script", "XFA", "pages", "broken", "endless"],
)
def test_file_that_is_not_as_ours_are_gets_its_sentence(content, word, sentence):
    verdict = verdict_on_pdf(content, now=present())
    assert verdict.word == word
    assert sentence in verdict.reason + "".join(line.text for line in verdict.lines)


def test_program_that_takes_too_long_is_ended(monkeypatch, tmp_path):
    sleeper = tmp_path / "sleeper.py"
    sleeper.write_text("import time; time.sleep(60)")
    monkeypatch.setattr(checking, "EXAMINER", sleeper)
    monkeypatch.setattr(checking, "TIME_LIMIT", 0.2)
    assert "太复杂" in verdict_on_pdf(b"%PDF-", now=present()).reason


def test_third_file_at_a_time_is_told_to_come_back_and_keeps_its_page(client, monkeypatch):
    monkeypatch.setattr(checking, "_places", threading.BoundedSemaphore(1))
    monkeypatch.setattr(checking, "WAIT", 0.01)
    with checking._places:
        with pytest.raises(ExaminersBusy):
            examine_pdf(b"%PDF-", now=present())
        page = client.post("/verify/", {"way": "file", "file": SimpleUploadedFile("a.pdf", b"%PDF-1.7")})
    assert page.status_code == 503
    assert "请过一分钟" in page.content.decode()


@pytest.mark.slow
@pytest.mark.parametrize(
    "content",
    [
        document(pages=10_000),
        bomb(4 * 2**30),
        deep(200_000),
        b"%PDF-1.7\n" + b"1 0 obj\n<<>>\nendobj\n" * 400_000,
        b"%PDF-1.7\n" + b"<" * (9 * 2**20),
        b"%PDF-1.7\n" + b"%%EOF\n" * 1_500_000,
    ],
    ids=["10,000 pages", "bomb", "deep", "many objects", "open brackets", "many ends"],
)
def test_heavy_file_is_answered_within_bounds(content):
    assert len(content) <= 10 * 2**20
    began, own = time.monotonic(), memory()
    verdict = verdict_on_pdf(content, now=present())
    assert verdict.word in {Word.UNREADABLE, Word.UNKNOWN_SIGNER, Word.ALTERED}
    assert time.monotonic() - began < checking.TIME_LIMIT + 2
    assert memory() - own < 100, "megabytes of the web process itself"


def memory() -> int:
    with open("/proc/self/status") as status:  # noqa: PTH123
        return int(re.search(r"VmRSS:\s+(\d+)", status.read())[1]) // 1024


@pytest.mark.slow
def test_hundred_megabytes_get_a_sentence_and_stay_out_of_memory(client):
    before = memory()
    page = client.post("/verify/", {"way": "file", "file": SimpleUploadedFile("a.pdf", b"x" * (100 * 2**20))})
    assert "超过了 10 MB" in page.content.decode()
    assert memory() - before < 400, "the test's own client holds the file several times"
