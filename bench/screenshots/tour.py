"""One reader's way through the portal: the pages that links lead to, each shape of address a few times."""

import re
from urllib.parse import urldefrag, urljoin, urlsplit

from playwright.sync_api import Error as PlaywrightError

from apps.dashboard.management.journey.visitor import JourneyFailed
from bench.screenshots.looks import LANGUAGES, Looker
from bench.screenshots.prints import print_pages
from bench.screenshots.readers import Reader
from tests.support.browser import Visit

LEFT_OUT = re.compile(
    r"/(signout|demo/mail|static|api/schema|healthz|readyz|metrics|favicon)|\.(csv|pdf|xlsx|jpg|txt)$|/photo/$|/file/$"
)
VARIABLE = re.compile(
    r"[0-9a-f]{8}-[0-9a-f-]{27}|[A-Z]{2,3}-\d{4}-[0-9A-Z-]+|\d+|(?<=/v/)\w+|(?<=announcements/)[^/]+|(?<=/rules/)[^/]+"
)
EACH_SHAPE = 2
LINKS = "[...document.querySelectorAll('a[href]:not([download])')].map(link => link.href)"


def tour(browser, reader: Reader, looker: Looker, options) -> None:
    visit = Visit(browser, options.address, width=1024, height=768, scripts=True, language="zh-CN")
    visit.expected_statuses = {403, 404, 422, 429}
    try:
        if reader.sign_in:
            reader.sign_in(visit, options.address)
    except (JourneyFailed, PlaywrightError) as error:
        looker.report.add(reader.name, "/signin/", "first", [f"cannot sign in: {str(error).splitlines()[0]}"])
        visit.context.close()
        return
    visit.problems.clear()
    addresses = options.path or reader.starts
    for language in LANGUAGES:
        visit.context.add_cookies([{"name": "language", "value": language, "url": options.address}])
        if language == LANGUAGES[0]:
            addresses = _wander(visit, addresses, reader, looker, follow=not options.path)
        else:
            for address in addresses:
                _look_at(visit, address, reader, looker, language)
        for name, act in ({} if options.path else reader.acts).items():
            _act(visit, name, act, reader, looker, language)
    if options.prints:
        looker.report.pictures += print_pages(visit, addresses, reader.name, options.folder / "prints")
    visit.context.close()


def _act(visit, name: str, act, reader: Reader, looker: Looker, language: str) -> None:
    try:
        act(visit)
    except PlaywrightError as error:
        looker.report.add(reader.name, visit.page.url, language, [f"cannot do: {name}: {str(error).splitlines()[0]}"])
    else:
        looker.look(visit, reader.name, f"{urlsplit(visit.page.url).path} after {name}", language)


def _wander(visit, starts: list[str], reader: Reader, looker: Looker, *, follow: bool) -> list[str]:
    """Look at the starts and at whatever they lead to. Returns the addresses looked at."""
    waiting, seen, shapes = list(starts), [], {}
    queued = set(waiting)
    while waiting:
        address = waiting.pop(0)
        if not _look_at(visit, address, reader, looker, LANGUAGES[0]):
            continue
        seen.append(address)
        for link in visit.page.evaluate(LINKS) if follow else []:
            found = _own_address(link, visit)
            if not found or found in queued:
                continue
            shape = VARIABLE.sub("*", re.sub(r"=[^&]*", "=", found))
            shapes[shape] = shapes.get(shape, 0) + 1
            if shapes[shape] <= EACH_SHAPE and not _is_known(found, reader):
                queued.add(found)
                waiting.append(found)
    return seen


def _own_address(link: str, visit: Visit) -> str:
    parts = urlsplit(urldefrag(urljoin(visit.page.url, link)).url)
    address = parts.path + (f"?{parts.query}" if parts.query else "")
    return "" if parts.netloc != visit.host or LEFT_OUT.search(parts.path) else address


OWN = ("/account", "/office", "/apply", "/progress", "/firm", "/registration", "/v/")


def _is_known(address: str, reader: Reader) -> bool:
    """Looked at once is enough: whoever is signed in sees the open pages as the visitor does."""
    if address.startswith(("/display/?", "/gallery/?page=")):
        return True
    return reader.sign_in is not None and not address.startswith(OWN)


def _look_at(visit, address: str, reader: Reader, looker: Looker, language: str) -> bool:
    """Open and look. False where the address leads elsewhere, or to a file."""
    try:
        response = visit.page.goto(address)
    except PlaywrightError as error:
        if "Download is starting" not in str(error):
            looker.report.add(reader.name, address, language, [f"cannot open: {str(error).splitlines()[0]}"])
        return False
    if urlsplit(visit.page.url).path != urlsplit(address).path or "html" not in response.headers.get(
        "content-type", ""
    ):
        return False
    looker.look(visit, reader.name, address, language)
    return True
