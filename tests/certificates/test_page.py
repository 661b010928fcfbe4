"""The page: what it says can be read again, names of every length fit, a character without a glyph stops it."""

import shutil
import subprocess

import pytest

from apps.certificates.services.page import MissingGlyphs, render_certificate, seal_boxes
from tests.factories import certificates as factory

needs_poppler = pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler-utils is not installed")
BOTH = [factory.ZHEJIANG, factory.NATIONAL]
NAMES = ["王芳", "欧阳𠮷", "阿卜杜热西提·买买提江·艾合买提", "𡋾𤩽𪚥", "María-José Fernández García", "长" * 50]


def rendered(tmp_path, statement, bodies=BOTH, *, specimen=True):
    path = tmp_path / "certificate.pdf"
    path.write_bytes(render_certificate(statement, factory.portrait(), bodies, specimen=specimen))
    return path


def text_of(path) -> str:
    return subprocess.run(["pdftotext", "-raw", str(path), "-"], capture_output=True, text=True, check=True).stdout


@needs_poppler
@pytest.mark.parametrize("name", NAMES)
def test_name_can_be_read_again_from_the_page(tmp_path, name):
    text = text_of(rendered(tmp_path, factory.statement(name=name)))
    assert "".join(name.split()) in "".join(text.split())


@needs_poppler
def test_everything_that_a_certificate_states_is_printed(tmp_path):
    statement = factory.statement()
    text = "".join(text_of(rendered(tmp_path, statement)).split())
    for said in ("非执业会员证", "王芳", "女Female", "332026000001", "2026年3月5日", "5March2026", statement.code):
        assert said in text
    assert statement.association_name in text
    assert "SPECIMEN" in text


@needs_poppler
def test_real_keys_print_no_specimen_and_practising_members_get_their_own_title(tmp_path):
    text = text_of(rendered(tmp_path, factory.statement(kind="practising", sex="male"), specimen=False))
    assert "SPECIMEN" not in text
    assert "非执业" not in text
    assert "CPA (practising member)" in text


@needs_poppler
def test_file_is_one_landscape_page_of_pdf_a_with_title(tmp_path):
    path = rendered(tmp_path, factory.statement())
    info = subprocess.run(["pdfinfo", str(path)], capture_output=True, text=True, check=True).stdout
    assert "Pages:           1" in info
    assert "841.89 x 595.276 pts (A4)" in info
    assert "非执业会员证 王芳" in info
    metadata = subprocess.run(["pdfinfo", "-meta", str(path)], capture_output=True, text=True, check=True).stdout
    assert 'pdfaid:part="2" pdfaid:conformance="U"' in metadata


@pytest.mark.skipif(not shutil.which("pdftoppm"), reason="poppler-utils is not installed")
def test_camera_reads_the_address_of_the_check_page(tmp_path, settings):
    import zxingcpp
    from PIL import Image

    statement = factory.statement()
    path = rendered(tmp_path, statement)
    subprocess.run(["pdftoppm", "-r", "110", "-png", "-singlefile", path, tmp_path / "page"], check=True)
    (read,) = zxingcpp.read_barcodes(Image.open(tmp_path / "page.png"))
    assert read.text == f"{settings.PUBLIC_URL}/v/{statement.code}"


@pytest.mark.parametrize("character", ["\U0003fffd", "\ue000", "\U000f0001"])
def test_character_without_a_glyph_of_its_own_stops_the_certificate(character):
    with pytest.raises(MissingGlyphs) as refusal:
        render_certificate(factory.statement(name=f"王{character}"), factory.portrait(), BOTH, specimen=True)
    assert f"U+{ord(character):04X}" in str(refusal.value)


def test_home_members_of_the_national_body_carry_one_seal(tmp_path):
    assert len(seal_boxes(1)) == 1
    assert seal_boxes(1)[0] == seal_boxes(2)[1]
