"""A reader without a mouse: Tab, Enter, Space, arrows and typing, with a look at the focus wherever it stops."""

from playwright.sync_api import Locator

from tests.support.browser import Visit

FARTHEST = 80
"""Stops after which a reader gives up: no page has as many."""

LOOK_AT_FOCUS = """() => {
    const stop = document.activeElement
    const marks = () => ['', '::before', '::after'].map(part => {
        const style = getComputedStyle(stop, part || null)
        return style.outlineStyle == 'none' || parseFloat(style.outlineWidth) < 2 ? style.boxShadow
            : [style.outlineStyle, style.outlineWidth, style.outlineColor].join(' ')
    }).join('|')
    const focused = marks()
    stop.blur()
    const unfocused = marks()
    stop.focus({preventScroll: true})
    const box = stop.getBoundingClientRect(), tall = box.height > innerHeight
    const x = box.left + Math.min(box.width, innerWidth) / 2, y = tall ? innerHeight / 2 : box.top + box.height / 2
    const seen = document.elementFromPoint(x, y)
    const faults = []
    if (focused == unfocused && stop.tabIndex >= 0) faults.push('has no visible focus')
    if (!box.width || !box.height || getComputedStyle(stop).visibility != 'visible') faults.push('is invisible')
    if (!tall && (box.top < -1 || box.bottom > innerHeight + 1)) faults.push('is outside the window')
    if (box.left < -1 || box.right > innerWidth + 1) faults.push('sticks out sideways')
    if (!seen || !(stop.contains(seen) || seen.contains(stop))) faults.push('is covered')
    return faults.map(fault => stop.outerHTML.slice(0, 120) + ' ' + fault)
}"""

STOPS = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']"
COUNT_STOPS = """all => new Set(all.filter(stop => stop.checkVisibility() && !stop.disabled)
    .map(stop => stop.type == 'radio' ? stop.name : stop)).size"""
"""A group of radio buttons is one stop."""


class Keyboard:
    """`faults` must be empty in the end: where the focus could not be seen, by page."""

    def __init__(self, reader: Visit):
        self.reader, self.page = reader, reader.page
        self.faults: list[str] = []
        self.page.on("filechooser", lambda chooser: None)  # asked for early: the browser hears of it a little later

    def open(self, address: str) -> None:
        """A page, as one types its address; the skip link is the first stop and leads past the head."""
        self.page.goto(address)
        self.skip_to_content()

    def skip_to_content(self) -> None:
        self.press("Tab")
        assert self.page.evaluate("document.activeElement.className") == "skip-link", self.page.url
        self.press("Enter", look=False)
        assert self.page.evaluate("document.activeElement.id") == "main", self.page.url

    def press(self, *keys: str, look: bool = True) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            if look:
                self.look()

    def look(self) -> None:
        self.faults += [f"{self.page.url}: {fault}" for fault in self.page.evaluate(LOOK_AT_FOCUS)]

    def go_to(self, place: Locator, *, key: str = "Tab") -> None:
        """On to the place, stop by stop."""
        for _ in range(FARTHEST):
            self.press(key)
            if place.evaluate("place => place == document.activeElement"):
                return
        raise AssertionError(f"{key} never comes to {place} on {self.page.url}")

    def type_into(self, place: Locator, text: str) -> None:
        self.go_to(place)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)
        assert place.input_value() == text

    def choose(self, place: Locator) -> None:
        """A radio button: Tab comes to the group, arrows to the one that is meant, Space takes the first."""
        group = self.page.locator(f"[name={place.get_attribute('name')}]")
        for _ in range(FARTHEST):
            self.press("Tab")
            if group.evaluate_all("group => group.includes(document.activeElement)"):
                break
        self.page.keyboard.press("Space")
        for _ in range(group.count()):
            if place.is_checked():
                return
            self.press("ArrowDown")
        raise AssertionError(f"arrows never come to {place} on {self.page.url}")

    def tick(self, place: Locator) -> None:
        self.go_to(place)
        self.press("Space")
        assert place.is_checked()

    def activate(self, place: Locator, *, key: str = "Enter") -> None:
        """A link or button that leads to another page."""
        self.go_to(place)
        with self.page.expect_navigation():
            self.page.keyboard.press(key)

    def attach(self, place: Locator, file: dict | str) -> None:
        self.go_to(place)
        with self.page.expect_file_chooser() as chooser:
            self.page.keyboard.press("Enter")
        chooser.value.set_files(file)

    def mend(self) -> None:
        """After a refused form: the summary has the focus, and its first link leads into the field."""
        assert self.page.evaluate("document.activeElement.className") == "error-summary", self.page.url
        self.look()
        links = self.page.locator(".error-summary a")
        for target in [link.get_attribute("href") for link in links.all()]:
            assert self.page.locator(f"{target}:is(input, select, textarea)").count() == 1, f"{self.page.url} {target}"
        self.press("Tab")
        target = links.first.get_attribute("href")
        self.press("Enter")
        assert "#" + self.page.evaluate("document.activeElement.id") == target, self.page.url

    def walk_round(self) -> None:
        """From the content on to the end and back to the beginning: every stop is passed, so none holds the focus."""
        stops, seen = self.page.locator(STOPS).evaluate_all(COUNT_STOPS), set()
        for key in ("Tab", "Shift+Tab"):
            self.page.evaluate("document.getElementById('main').focus()")
            here = set()
            while (stop := self._next_stop(key)) not in here | {None}:
                here.add(stop)
            seen |= here
        assert len(seen) >= stops, f"{self.page.url}: the focus comes to {len(seen)} of {stops} stops"

    def _next_stop(self, key: str) -> int | None:
        self.press(key, look=False)
        if self.page.evaluate("[document.body, document.getElementById('main')].includes(document.activeElement)"):
            return None
        self.look()
        return self.page.evaluate("[...document.querySelectorAll('*')].indexOf(document.activeElement)")
