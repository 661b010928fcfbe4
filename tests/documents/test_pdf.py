from io import BytesIO

import pikepdf
import pytest

from apps.documents.services import missing_characters, render_pdf
from apps.documents.services.fonts import font_file
from apps.documents.services.pdf import ForeignAddress


@pytest.fixture
def page(settings, tmp_path):
    """Writes a template; returns its name."""
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]

    def write(body):
        (tmp_path / "page.html").write_text(body)
        return "page.html"

    return write


def test_page_is_printed_as_archive_pdf_in_its_language(page):
    template = page(
        "{% load i18n %}{% get_current_language as code %}<html lang={{ code }}><title>t</title><p>{{ name }}"
    )
    pdf = render_pdf(template, {"name": "欧阳·𠮷"}, language="en")
    with pikepdf.open(BytesIO(pdf)) as document:
        assert document.open_metadata()["pdfaid:part"] == "2"
        assert document.Root.Lang == "en"


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:1/a.png", "file:///etc/passwd", "/etc/passwd", "//example.com/static/a.png"]
)
def test_document_loads_nothing_from_outside(page, address):
    with pytest.raises(ForeignAddress):
        render_pdf(page(f'<img src="{address}">'), {}, language="zh-hans")


def test_document_takes_pictures_as_data_addresses(page):
    pixel = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw=="
    assert b"%PDF" in render_pdf(page(f'<img src="{pixel}">'), {}, language="zh-hans")[:10]


def test_common_and_listed_rare_characters_are_all_covered():
    assert missing_characters("王小明 欧阳·阿卜杜拉 Smith 〇") == []


def test_character_without_a_glyph_is_named_once():
    assert missing_characters("王\U000e0fffa\U000e0fff") == ["\U000e0fff"]


def test_rare_characters_of_names_are_covered_where_their_font_is_installed():
    if not font_file("HanaMinB"):
        pytest.skip("fonts-hanazono is not installed")
    assert missing_characters("𠮷𡋾𤩽𪚥") == []
