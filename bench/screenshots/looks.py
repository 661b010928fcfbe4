"""One page in every window: the checks, and a picture where one is wanted."""

import re
from pathlib import Path
from urllib.parse import unquote

from bench.screenshots.report import Report
from tests.support.browser import Visit
from tests.support.layout import layout_faults, layout_hints

SIZES = {320: 640, 360: 740, 768: 1024, 1024: 768, 1440: 900}
LANGUAGES = ["zh-hans", "en"]
SETS = {"phone": (360, "zh-hans", "large"), "desk": (1024, "en", "normal")}
ENLARGE = "large => document.documentElement.classList.toggle('large-text', large)"
HEIGHT = "document.documentElement.scrollHeight"


class Looker:
    def __init__(self, folder: Path, report: Report, *, pictures: list[str]):
        self.folder, self.report, self.pictures = folder, report, pictures

    def look(self, visit: Visit, reader: str, address: str, language: str) -> None:
        """The page that the reader is on, in ten windows; then dark, which must move nothing."""
        self.report.pages += 1
        for text in ("normal", "large"):
            visit.page.evaluate(ENLARGE, text == "large")
            for width, height in SIZES.items():
                visit.page.set_viewport_size({"width": width, "height": height})
                look = f"{width} {language} {text}"
                self.report.add(reader, address, look, layout_faults(visit.page))
                if width in (360, 1024):
                    self.report.hint(reader, address, look, layout_hints(visit.page))
                self._take(visit.page, reader, address, (width, language, text))
        self._darken(visit.page, reader, address, language)
        self.report.add(reader, address, language, visit.problems)
        visit.problems.clear()
        visit.page.evaluate(ENLARGE, False)

    def _darken(self, page, reader: str, address: str, language: str) -> None:
        light = page.evaluate(HEIGHT)
        page.emulate_media(color_scheme="dark")
        if page.evaluate(HEIGHT) != light:
            self.report.add(reader, address, f"dark {language}", ["the dark scheme moves things"])
        if "all" in self.pictures:
            for width in SIZES:
                page.set_viewport_size({"width": width, "height": SIZES[width]})
                self._take(page, reader, address, (width, language, "large-dark"))
        page.emulate_media(color_scheme="light")

    def _take(self, page, reader: str, address: str, look: tuple) -> None:
        wanted = [name for name, one in SETS.items() if one == look and name in self.pictures]
        wanted += ["all"] if "all" in self.pictures else []
        for name in wanted:
            folder = self.folder / name
            folder.mkdir(exist_ok=True)
            words = re.sub(r"[^\w-]+", "_", unquote(address).strip("/")) or "home"
            marks = "" if name in SETS else "-" + "-".join(map(str, look))
            page.screenshot(path=folder / f"{reader}--{words}{marks}.png", full_page=True)
            self.report.pictures += 1
