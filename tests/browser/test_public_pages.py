"""Every public page, as a browser sees it: accessible, within the window, light, silent."""

import pytest

from apps.dashboard.selectors import gallery
from tests.support.accessibility import axe_findings, faults_of, widths_of
from tests.support.pages import OPEN_PAGES

pytestmark = pytest.mark.browser

PAGES = [
    *OPEN_PAGES,
    "/signin/reset/",
    "/privacy/",
    "/accessibility/",
    *(f"/gallery/{page}/" for page in gallery.PAGES),
]
GALLERY = ["/gallery/", "/gallery/?errors"]


WIDTHS = [320, 360, 1024, 1440]

# One test a look, not one a page: each browser test empties the database afterwards, which takes longer than the look.
LOOKS = [
    {"width": 360, "language": "zh-CN", "scheme": "light", "text": "normal"},
    {"width": 1440, "language": "en", "scheme": "light", "text": "normal"},
    {"width": 360, "language": "en", "scheme": "dark", "text": "normal"},
    {"width": 320, "language": "zh-CN", "scheme": "light", "text": "large"},
    {"width": 320, "language": "en", "scheme": "light", "text": "large"},
]


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: "-".join(map(str, look.values())))
def test_pages_are_accessible_and_fit_the_window(visit, look):
    reader = visit(width=look["width"], language=look["language"])
    reader.context.add_cookies([{"name": "text_size", "value": look["text"], "url": f"http://{reader.host}"}])
    reader.page.emulate_media(color_scheme=look["scheme"])
    assert faults_of(reader, PAGES) == []


@pytest.mark.parametrize(
    ("scheme", "text"),
    [
        ("light", "normal"),
        ("dark", "large"),
        pytest.param("dark", "normal", marks=pytest.mark.slow),
        pytest.param("light", "large", marks=pytest.mark.slow),
    ],
)
def test_gallery_is_accessible_and_fits_every_window(visit, scheme, text):
    """Every width in both languages: axe looks at all of them in the longer one and at the narrowest in Chinese."""
    judged = {"zh-CN": WIDTHS[:1], "en": WIDTHS}
    assert faults_of_gallery(visit, scheme=scheme, text=text, judged=judged) == []


@pytest.mark.slow
def test_gallery_in_firefox(visit, firefox):
    """As Chromium shows it: nothing for axe to find, nothing too wide."""
    looks = {"scheme": "light", "text": "normal", "judged": {"zh-CN": [320], "en": [1024]}}
    assert faults_of_gallery(visit, browser=firefox, **looks) == []


def faults_of_gallery(visit, *, scheme, text, judged, **browser) -> list[str]:
    faults = []
    for language in judged:
        reader = visit(language=language, **browser)
        reader.context.add_cookies([{"name": "text_size", "value": text, "url": f"http://{reader.host}"}])
        reader.page.emulate_media(color_scheme=scheme)
        for width in WIDTHS:
            reader.page.set_viewport_size({"width": width, "height": 800})
            look_at = faults_of if width in judged[language] else widths_of
            faults += [f"{width} {language} {fault}" for fault in look_at(reader, GALLERY)]
    return faults


def test_unknown_address_shows_our_page(visit):
    reader = visit(width=360)
    reader.expected_statuses = {404}
    reader.page.goto("/no-such-page/")
    assert axe_findings(reader.page) == []


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts on", "scripts off"])
def test_language_and_text_size_are_chosen_from_the_bar(visit, scripts):
    page = visit(width=360, scripts=scripts).page
    page.goto("/privacy/")
    page.get_by_role("button", name="大字版").click()
    page.get_by_role("button", name="English").click()
    assert page.url.endswith("/privacy/")
    assert page.locator("html").get_attribute("class") == "large-text"
    assert page.locator("html").get_attribute("lang") == "en"


def test_keyboard_reaches_the_content_first(visit):
    page = visit().page
    page.goto("/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
