"""Every public page, as a browser sees it: accessible, within the window, light, silent."""

import gzip

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.browser

PAGES = ["/", "/display/", "/privacy/", "/accessibility/"]
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def axe_findings(page) -> list[str]:
    results = Axe().run(page, options={"runOnly": {"type": "tag", "values": STANDARDS}})
    return [
        f"{finding['id']}: {node['html']} {node.get('failureSummary', '')}"
        for finding in results.response["violations"]
        for node in finding["nodes"]
    ]


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("width", [360, 1440])
def test_page_has_no_accessibility_findings(visit, address, width):
    reader = visit(width=width)
    reader.page.goto(address)
    assert axe_findings(reader.page) == []


@pytest.mark.parametrize("address", PAGES)
def test_dark_page_has_no_accessibility_findings(visit, address):
    reader = visit(width=360, language="en")
    reader.page.emulate_media(color_scheme="dark")
    reader.page.goto(address)
    assert axe_findings(reader.page) == []


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_page_fits_320_pixels_in_large_text(visit, address, language):
    reader = visit(width=320, language=language)
    reader.context.add_cookies([{"name": "text_size", "value": "large", "url": f"http://{reader.host}"}])
    reader.page.goto(address)
    assert reader.overflow() <= 0


def test_unknown_address_shows_our_page(visit):
    reader = visit(width=360)
    reader.expected_statuses = {404}
    reader.page.goto("/no-such-page/")
    assert axe_findings(reader.page) == []


def test_first_page_is_light(visit):
    reader, bodies = visit(width=360), []
    reader.page.on("response", lambda response: bodies.append(response.body()))
    reader.page.goto("/", wait_until="networkidle")
    assert sum(len(gzip.compress(body)) for body in bodies) <= 100_000


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
