"""Seals: two signatures in two revisions, valid for independent readers, and a changed byte is always found."""

import shutil
import subprocess
from datetime import UTC, datetime
from io import BytesIO

import pytest
from django.conf import settings
from pyhanko.pdf_utils.generic import NumberObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader

from apps.certificates.services import seal_keys
from apps.certificates.services.checking import check_pdf
from apps.certificates.services.page import render_certificate, seal_boxes
from apps.certificates.services.sealing import Seal, seal_pdf
from tests.factories import certificates as factory

NOW = datetime.now(UTC).replace(microsecond=0)


@pytest.fixture(scope="module")
def sealed() -> bytes:
    factory.seal_keys()
    bodies = [factory.ZHEJIANG, factory.NATIONAL]
    pdf = render_certificate(factory.statement(), factory.portrait(), bodies, specimen=True)
    seals = [Seal(seal_keys.seal_key(body.code), box, "签章") for body, box in zip(bodies, seal_boxes(2), strict=True)]
    return seal_pdf(pdf, seals, now=NOW)


def test_both_seals_are_whole_and_trusted_and_cover_the_file(sealed):
    check = check_pdf(sealed, now=NOW)
    assert [seal.signer for seal in check.seals] == [factory.ZHEJIANG.name, factory.NATIONAL.name]
    assert check.is_intact
    assert check.is_trusted
    assert check.whole_file


@pytest.mark.skipif(not shutil.which("pdfsig"), reason="poppler-utils is not installed")
def test_independent_reader_calls_both_seals_valid(sealed, tmp_path):
    path = tmp_path / "certificate.pdf"
    path.write_bytes(sealed)
    report = subprocess.run(["pdfsig", str(path)], capture_output=True, text=True, check=False).stdout
    assert report.count("Signature is Valid") == 2
    assert report.count("ETSI.CAdES.detached") == 2
    assert "Total document signed" in report


@pytest.mark.skipif(not shutil.which("qpdf"), reason="qpdf is not installed")
def test_file_structure_is_sound(sealed, tmp_path):
    path = tmp_path / "certificate.pdf"
    path.write_bytes(sealed)
    assert subprocess.run(["qpdf", "--check", str(path)], capture_output=True, check=False).returncode == 0


def test_signing_time_is_the_given_one(sealed):
    signatures = PdfFileReader(BytesIO(sealed)).embedded_signatures
    assert [signature.self_reported_timestamp for signature in signatures] == [NOW, NOW]


def test_file_names_its_language(sealed):
    assert PdfFileReader(BytesIO(sealed)).root["/Lang"] == "zh-Hans"


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.9, 0.999])
def test_one_changed_byte_is_found(sealed, share):
    changed = bytearray(sealed)
    changed[int(len(sealed) * share)] ^= 1
    check = check_pdf(bytes(changed), now=NOW)
    assert not (check.is_intact and check.is_trusted)


def test_bytes_after_the_end_are_found(sealed):
    assert not check_pdf(sealed + b"\n% more", now=NOW).is_intact


def test_page_changed_in_a_further_revision_is_found(sealed):
    """Independent readers still call the seals valid, since what they cover is untouched."""
    writer = IncrementalPdfFileWriter(BytesIO(sealed))
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    page["/Rotate"] = NumberObject(180)
    writer.update_container(page)
    changed = BytesIO()
    writer.write(changed)
    check = check_pdf(changed.getvalue(), now=NOW)
    assert check.readable
    assert not check.is_intact


def test_first_revision_alone_covers_itself_but_is_another_file(sealed):
    first, _second = PdfFileReader(BytesIO(sealed)).embedded_signatures
    cut = sealed[: int(first.byte_range[2]) + int(first.byte_range[3])]
    check = check_pdf(cut, now=NOW)
    assert [seal.signer for seal in check.seals] == [factory.ZHEJIANG.name]
    assert check.sha256 != check_pdf(sealed, now=NOW).sha256


def test_changed_byte_in_the_hole_of_a_signature_is_found(sealed):
    """The hexadecimal padding behind a signature is under no seal; the stored hash still tells."""
    hole = sealed.rindex(b"000000>")
    changed = sealed[:hole] + b"1" + sealed[hole + 1 :]
    assert check_pdf(changed, now=NOW).sha256 != check_pdf(sealed, now=NOW).sha256


@pytest.mark.parametrize("content", [b"", b"no pdf", b"%PDF-1.7\n%%EOF", b"%PDF-1.7\nstartxref\n99999\n%%EOF"])
def test_file_that_is_no_sealed_pdf_is_never_intact(content):
    assert not check_pdf(content, now=NOW).is_intact


def test_stranger_is_not_trusted(sealed, monkeypatch):
    monkeypatch.setattr("apps.certificates.services.checking.trust_roots", list)
    check = check_pdf(sealed, now=NOW)
    assert check.is_intact
    assert not check.is_trusted


def test_specimen_key_is_refused_in_production(settings):
    factory.seal_keys()
    settings.PRODUCTION = True
    with pytest.raises(seal_keys.SpecimenKeyRefused, match="330000"):
        seal_keys.seal_key("330000")


def test_missing_key_says_which_file_to_bring():
    with pytest.raises(seal_keys.SealKeyMissing, match=r"990000\.p12"):
        seal_keys.seal_key("990000")


def test_keys_are_made_once_and_never_replaced(tmp_path):
    from apps.certificates.services.specimen_keys import make_specimen_keys

    bodies = [("000000", "中国注册会计师协会"), ("330000", "浙江省注册会计师协会")]
    assert make_specimen_keys(tmp_path, bodies, now=NOW) == ["000000", "330000"]
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert make_specimen_keys(tmp_path, [*bodies, ("110000", "北京注册会计师协会")], now=NOW) == ["110000"]
    assert {name: (tmp_path / name).read_bytes() for name in before} == before
    assert all(path.stat().st_mode & 0o077 == 0 for path in tmp_path.iterdir())


def test_keys_of_the_test_run_are_specimens():
    factory.seal_keys()
    assert seal_keys.seal_key("330000").is_specimen
    assert settings.SEALS_DIR
