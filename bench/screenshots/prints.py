"""What a reader's printer would make of pages that people print: A4, as PDF, in both languages."""

from pathlib import Path

from bench.screenshots.looks import LANGUAGES
from tests.support.browser import Visit

PRINTED = ("/apply/receipt/", "/progress/", "/v/", "/sheet/", "/letter/")
"""Parts of the addresses of pages that are printed."""
MARGIN = dict.fromkeys(("top", "bottom", "left", "right"), "20mm")


def print_pages(visit: Visit, addresses: list[str], reader: str, folder: Path) -> int:
    """Print whatever of the addresses people print; returns how many sheets of PDF that made."""
    wanted = [path for path in addresses if any(part in path for part in PRINTED) and path != "/progress/"]
    folder.mkdir(exist_ok=True)
    for path in wanted:
        for language in LANGUAGES:
            visit.context.add_cookies([{"name": "language", "value": language, "url": f"http://{visit.host}"}])
            visit.page.goto(path)
            name = f"{reader}--{path.strip('/').replace('/', '_')}-{language}.pdf"
            visit.page.pdf(path=folder / name, format="A4", margin=MARGIN, print_background=False)
    return len(wanted) * len(LANGUAGES)
