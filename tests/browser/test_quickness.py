"""A cheap phone on a slow line: little to load, soon there, and nothing jumps while it comes."""

import pytest

from tests.support.browser import Visit

pytestmark = pytest.mark.browser

LINE = {"offline": False, "latency": 150, "downloadThroughput": 1_600_000 / 8, "uploadThroughput": 750_000 / 8}
"""1.6 Mbit/s and 150 ms there and back, as Chromium wants it: bytes a second."""

FIRST_PAGES = ["/", "/apply/", "/register/", "/verify/", "/signin/"]

SHIFTS = """() => new Promise(resolve => {
    const shifts = []
    const note = list => list.getEntries().forEach(shift => shifts.push(shift.value))
    const observer = new PerformanceObserver(note)
    observer.observe({type: 'layout-shift', buffered: true})
    requestAnimationFrame(() => requestAnimationFrame(() => { note({getEntries: () => observer.takeRecords()})
        resolve(shifts.reduce((sum, shift) => sum + shift, 0)) }))
})"""
TIMES = """() => {
    const [page] = performance.getEntriesByType('navigation')
    const paint = performance.getEntriesByName('first-contentful-paint')[0]
    return {painted: paint ? paint.startTime : 0, loaded: page.loadEventEnd}
}"""


class SlowPhone:
    """A first visit over the slow line; `bytes` counts all that came over it, headers included."""

    def __init__(self, reader: Visit):
        self.page, self.bytes, self.encodings = reader.page, 0, {}
        wire = reader.context.new_cdp_session(reader.page)
        wire.send("Network.enable")
        wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
        wire.send("Network.emulateNetworkConditions", LINE)
        wire.on("Network.loadingFinished", self._count)
        reader.page.on("response", self._note_encoding)

    def _count(self, event):
        self.bytes += event["encodedDataLength"]

    def _note_encoding(self, response):
        self.encodings[response.url] = response.headers.get("content-encoding", "")

    def open(self, address):
        self.page.goto(address, wait_until="networkidle")


def test_first_page_is_light_and_soon_usable(visit, published):
    phone = SlowPhone(visit(width=360, height=740, address=published))
    phone.open("/")
    times = phone.page.evaluate(TIMES)
    assert [address for address, encoding in phone.encodings.items() if encoding not in {"gzip", "br"}] == []
    assert phone.bytes <= 100_000
    assert 0 < times["painted"] <= 3000
    assert times["loaded"] <= 3000


@pytest.mark.parametrize(("width", "height"), [(360, 740), (1440, 900)])
def test_nothing_jumps_while_a_page_comes(visit, published, width, height):
    phone = SlowPhone(visit(width=width, height=height, address=published))
    jumps = {}
    for address in FIRST_PAGES:
        phone.open(address)
        jumps[address] = phone.page.evaluate(SHIFTS)
    assert jumps == dict.fromkeys(FIRST_PAGES, 0)
