"""A headless Chromium or Firefox that reports whatever a reader's browser would have suffered in silence."""

import os
import shutil
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, Playwright

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

LEFT_ALONE = {"net::ERR_ABORTED", "NS_BINDING_ABORTED"}
"""What Chromium and Firefox call a download, or a picture still on its way when the reader goes on."""


def launch_chromium(playwright: Playwright) -> Browser:
    """Debian's chromium-headless-shell or PORTAL_CHROMIUM; else what Playwright has downloaded itself."""
    path = os.environ.get("PORTAL_CHROMIUM") or shutil.which("chromium-headless-shell") or shutil.which("chromium")
    return playwright.chromium.launch(executable_path=path, args=FLAGS)


def firefox_path() -> str | None:
    return os.environ.get("PORTAL_FIREFOX") or shutil.which("firefox-esr") or shutil.which("firefox")


def launch_firefox(playwright: Playwright, *, scripts: bool) -> Browser:
    """Debian's firefox-esr. Over this channel contexts cannot switch scripts off, so the whole browser does."""
    wishes = {} if scripts else {"javascript.enabled": False}
    return playwright.firefox.launch(channel="moz-firefox", executable_path=firefox_path(), firefox_user_prefs=wishes)


class Visit:
    """One reader with an own browser context. `problems` must be empty in the end; see `watch`."""

    def __init__(self, browser: Browser, base_url: str, *, width: int, height: int, scripts: bool, language: str):
        self.host = urlsplit(base_url).netloc
        self.problems: list[str] = []
        self.expected_statuses: set[int] = set()
        self.context = browser.new_context(
            base_url=base_url,
            viewport={"width": width, "height": height},
            java_script_enabled=scripts,
            locale=language,
            timezone_id="Asia/Shanghai",
        )
        self.context.set_default_timeout(10_000)
        self.page: Page = self.context.new_page()
        self._watch(self.page)

    def _watch(self, page: Page) -> None:
        page.on("console", self._note_console)
        page.on("pageerror", lambda error: self.problems.append(f"script error: {error}"))
        page.on("request", self._note_request)
        page.on("requestfailed", self._note_failure)
        page.on("response", self._note_response)

    def _note_console(self, message) -> None:
        expected = any(f"status of {status}" in message.text for status in self.expected_statuses)
        if message.type in {"error", "warning"} and not expected:
            self.problems.append(f"console: {message.text}")

    def _note_request(self, request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.netloc != self.host:
            self.problems.append(f"request to another host: {request.url}")

    def _note_failure(self, request) -> None:
        if request.failure not in LEFT_ALONE:
            self.problems.append(f"request failed: {request.url}: {request.failure}")

    def _note_response(self, response) -> None:
        if response.status >= 400 and response.status not in self.expected_statuses:
            self.problems.append(f"{response.status} for {response.url}")

    def overflow(self) -> int:
        """By how many pixels the page is wider than the window."""
        return self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def press(page: Page, name=None, *, exact: bool = False) -> None:
    """Send a form by its button (the page's first one, or by its words) and wait for the page that answers.

    Firefox does not wait by itself, Chromium not for a form with a file: what comes next would break into the sending.
    """
    button = page.get_by_role("button", name=name, exact=exact) if name else page.locator("main form button").first
    with page.expect_navigation():
        button.click()
