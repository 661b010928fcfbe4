"""The fast way: the same page as the plain way to the pixel's neighbour, and every output is what a reader expects."""

import hashlib
import shutil
import subprocess
from datetime import UTC, datetime
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from PIL import Image, ImageChops
from pyhanko.pdf_utils.reader import PdfFileReader

from apps.certificates.services import checking, making, specimen_keys
from apps.certificates.services.one_pass import NotCovered, seal_in_one_pass
from apps.certificates.services.page import check_address, seal_boxes
from apps.certificates.services.seal_keys import seal_key
from apps.certificates.services.sealing import Seal
from apps.certificates.services.stamping import SPECIMEN_SERVICE, stamper
from tests.factories import certificates as factory

NOW = datetime.now(UTC).replace(microsecond=0)
TOKEN = "7N1TSQR16R7K9V8CDRN6KFGQE1" * 8
BOTH, ALONE = [factory.ZHEJIANG, factory.NATIONAL], [factory.NATIONAL]
COVERED = {
    "two characters": {"name": "王芳"},
    "a rare one": {"name": "欧阳𠮷"},
    "one that only another font has": {"name": "𪚥"},
    "five": {"name": "慕容𡋾𤩽氏", "sex": "male", "kind": "practising"},
    "a name with dots": {"name": "阿卜杜热西提·买买提", "admitted_on": "1998-12-31"},
    "fourteen": {"name": "长" * 14, "number": "000000999999"},
    "letters with kerning": {"name": "AVA To", "code": "AVATAWAYVAVATAWAYVAVATAWAY"},
    "a long foreign name": {"name": "María-José Fernández García", "issued_on": "2026-10-30"},
    "a token": {"token": TOKEN},
}


@pytest.fixture(scope="module", autouse=True)
def _keys():
    factory.seal_keys()


def seals(bodies):
    return [
        Seal(seal_key(body.code), box, "电子会员证") for body, box in zip(bodies, seal_boxes(len(bodies)), strict=True)
    ]


def fast(statement, bodies=BOTH, *, specimen=True, photo=None):
    return seal_in_one_pass(statement, photo or factory.portrait(), bodies, seals(bodies), specimen=specimen, now=NOW)


def plain(statement, bodies=BOTH, *, specimen=True):
    return making.seal_plainly(statement, factory.portrait(), bodies, seals(bodies), specimen=specimen, now=NOW)


def picture(pdf: bytes) -> Image.Image:
    with pypdfium2.PdfDocument(pdf) as document:
        return document[0].render(scale=2).to_pil().convert("RGB")


def text_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return "".join(document[0].get_textpage().get_text_range().split())


def assert_same_page(one: bytes, other: bytes):
    """No pixel is quite different, and few differ at all: edges of letters, where a renderer rounds."""
    histogram = ImageChops.difference(picture(one), picture(other)).convert("L").histogram()
    assert sum(histogram[96:]) == 0
    assert sum(histogram[32:]) < 1500


@pytest.mark.parametrize("said", COVERED.values(), ids=COVERED)
def test_both_ways_make_the_same_page(said):
    statement = factory.statement(**said)
    sealed = fast(statement)
    assert_same_page(sealed, plain(statement))
    text = text_of(sealed)
    for words in (statement.name, statement.number, statement.code):
        assert "".join(words.split()) in text
    assert [code.text for code in zxingcpp.read_barcodes(picture(sealed))] == [check_address(statement)]


@pytest.mark.parametrize("specimen", [True, False])
def test_both_ways_make_the_same_page_with_one_seal(specimen):
    statement = factory.statement(association_code="000000", kind="practising")
    sealed = fast(statement, ALONE, specimen=specimen)
    assert_same_page(sealed, plain(statement, ALONE, specimen=specimen))
    assert ("SPECIMEN" in text_of(sealed)) is specimen


def test_pixels_would_tell_another_name_and_a_shifted_word(monkeypatch):
    """The comparison bites."""
    with pytest.raises(AssertionError):
        assert_same_page(fast(factory.statement(name="王芳", code="0" * 26)), plain(factory.statement(name="王苏")))


@pytest.mark.parametrize("bodies", [BOTH, ALONE])
def test_seals_are_trusted_and_the_last_covers_the_whole_file(bodies):
    sealed = fast(factory.statement(), bodies)
    check = checking.check_pdf(sealed, now=NOW)
    assert [seal.signer for seal in check.seals] == [body.name for body in bodies]
    assert check.is_intact
    assert check.is_trusted
    signatures = PdfFileReader(BytesIO(sealed)).embedded_signatures
    assert [signature.field_name for signature in signatures] == ["Seal1", "Seal2"][: len(bodies)]
    assert signatures[0].docmdp_level is not None
    assert {signature.self_reported_timestamp for signature in signatures} == {NOW}


def test_last_seal_may_carry_a_time_stamp(settings):
    settings.STAMP_URL = SPECIMEN_SERVICE
    said = (factory.statement(), factory.portrait())
    stamps = stamper(now=NOW)
    sealed = seal_in_one_pass(*said, BOTH, seals(BOTH), specimen=True, now=NOW, stamper=stamps)
    check = checking.check_pdf(sealed, now=NOW)
    assert check.is_intact
    assert check.is_trusted
    assert stamps.stamped_at == NOW
    with pytest.raises(NotCovered):
        seal_in_one_pass(*said, ALONE, seals(ALONE), specimen=True, now=NOW, stamper=stamper(now=NOW))


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.92, 0.999])
def test_one_changed_byte_is_found(share):
    changed = bytearray(fast(factory.statement()))
    changed[int(len(changed) * share)] ^= 1
    check = checking.check_pdf(bytes(changed), now=NOW)
    assert not (check.is_intact and check.is_trusted)


def test_rsa_keys_seal_as_well(tmp_path, settings, monkeypatch):
    from cryptography.hazmat.primitives.asymmetric import rsa

    settings.SEALS_DIR = tmp_path
    monkeypatch.setattr(specimen_keys.ec, "generate_private_key", lambda _curve: rsa.generate_private_key(65537, 2048))
    specimen_keys.make_specimen_keys(tmp_path, [(body.code, body.name) for body in BOTH], now=factory.KEYS_MADE)
    check = checking.check_pdf(fast(factory.statement()), now=NOW)
    assert check.is_intact
    assert check.is_trusted


def test_file_is_pdf_a_2u_by_its_own_words():
    with pikepdf.open(BytesIO(fast(factory.statement(name="<王> & 芳")))) as document:
        assert not document.check_pdf_syntax()
        metadata = document.Root.Metadata.read_bytes().decode()
        assert 'pdfaid:part="2"' in metadata
        assert 'pdfaid:conformance="U"' in metadata
        assert "非执业会员证 &lt;王&gt; &amp; 芳" in metadata
        assert str(document.docinfo.Title) == "非执业会员证 <王> & 芳"
        assert document.Root.OutputIntents[0].S == "/GTS_PDFA1"
        assert document.Root.Lang == "zh-Hans"
        page = document.pages[0]
        assert "/Interpolate" not in page.Resources.XObject.Photo
        for font in page.Resources.Font.values():
            assert "/ToUnicode" in font
            assert "/FontFile3" in font.DescendantFonts[0].FontDescriptor
        assert len({str(object_.objgen) for object_ in document.objects}) == len(document.objects)


def test_photo_is_taken_over_byte_for_byte():
    photo = factory.portrait(suit="#702020")
    with pikepdf.open(BytesIO(fast(factory.statement(), photo=photo))) as document:
        assert document.pages[0].Resources.XObject.Photo.read_raw_bytes() == photo


def test_file_says_nothing_of_the_members_before():
    """What is shared by all certificates of a process is nobody's."""
    others = [fast(factory.statement(name=name)) for name in ("欧阳娜娜", "上官婉儿")]
    mine = fast(factory.statement(name="王芳"))
    with pikepdf.open(BytesIO(mine)) as document:
        unicode = document.pages[0].Resources.Font["/Personal"].ToUnicode.read_bytes().decode()
    assert unicode.count("> <") == 3  # 王, 芳 and the range of all codes
    assert all(hashlib.sha256(mine).digest() != hashlib.sha256(other).digest() for other in others)
    assert len(mine) < 100_000


@pytest.mark.parametrize("name", ["长" * 30, "王𪚥王", "王e\u0301"])
def test_name_that_needs_a_layout_engine_goes_the_plain_way(name):
    with pytest.raises(NotCovered):
        fast(factory.statement(name=name))
    check = checking.check_pdf(making._made(*_said(name), specimen=True, now=NOW), now=NOW)
    assert check.is_intact


def _said(name):
    return factory.statement(name=name), factory.portrait(), BOTH, seals(BOTH)


def test_photo_of_another_kind_goes_the_plain_way():
    out = BytesIO()
    Image.new("CMYK", (178, 220)).save(out, "JPEG")
    with pytest.raises(NotCovered):
        fast(factory.statement(), photo=out.getvalue())


def test_setting_chooses_the_way(settings, monkeypatch):
    monkeypatch.setattr(making, "seal_plainly", lambda *said, **how: b"plain")
    assert making._made(*_said("王芳"), specimen=True, now=NOW) != b"plain"
    settings.CERTIFICATES_IN_ONE_PASS = False
    assert making._made(*_said("王芳"), specimen=True, now=NOW) == b"plain"


@pytest.mark.skipif(not shutil.which("pdfsig"), reason="poppler-utils is not installed")
def test_independent_readers_accept_the_file(tmp_path):
    path = tmp_path / "certificate.pdf"
    path.write_bytes(fast(factory.statement()))
    report = subprocess.run(["pdfsig", str(path)], capture_output=True, text=True, check=False).stdout
    assert report.count("Signature is Valid") == 2
    assert report.count("ETSI.CAdES.detached") == 2
    assert "Total document signed" in report
    if shutil.which("qpdf"):
        assert subprocess.run(["qpdf", "--check", str(path)], capture_output=True, check=False).returncode == 0
