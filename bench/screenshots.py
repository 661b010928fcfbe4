"""Pictures of a running portal's pages, for the eye and for the README.

    python bench/screenshots.py http://127.0.0.1:8000 pictures/ [--path /apply/ …] [--width 360 …]

By default the public pages at 360, 1024 and 1440 px, in Chinese and light; `--language en`, `--dark` and `--large`
change that. Exit status 1 when a page answers with an error or is wider than the window.
"""

import argparse
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tests.support.browser import Visit, launch_chromium

PUBLIC = ["/", "/apply/", "/progress/", "/register/", "/verify/", "/associations/", "/announcements/", "/signin/"]
PUBLIC += ["/display/", "/privacy/", "/accessibility/", "/no-such-page/"]
SIZES = {360: 740, 1024: 768, 1440: 900}


def main() -> int:
    options = parse()
    options.folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = launch_chromium(playwright)
        faults = [fault for width in options.width for fault in take_all(browser, width, options)]
        browser.close()
    print("\n".join(faults) or "No faults.")
    return 1 if faults else 0


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("address")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--path", nargs="+", default=PUBLIC)
    parser.add_argument("--width", nargs="+", type=int, default=list(SIZES))
    parser.add_argument("--language", default="zh-CN")
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--large", action="store_true")
    parser.add_argument("--cookie", help="a session key, to take pages as that reader")
    return parser.parse_args()


def take_all(browser, width: int, options) -> list[str]:
    """Take each page once; returns what is wrong with them."""
    height = SIZES.get(width, 900)
    reader = Visit(browser, options.address, width=width, height=height, scripts=True, language=options.language)
    reader.expected_statuses = {404}
    reader.context.add_cookies(cookies(options))
    reader.page.emulate_media(color_scheme="dark" if options.dark else "light")
    faults = []
    for path in options.path:
        reader.page.goto(path)
        reader.page.screenshot(path=options.folder / picture_name(path, width, options), full_page=True)
        if (excess := reader.overflow()) > 0:
            faults.append(f"{path} is {excess} px wider than {width}")
    reader.context.close()
    return [*faults, *reader.problems]


def cookies(options) -> list[dict]:
    values = {"text_size": "large" if options.large else "normal", "sessionid": options.cookie}
    return [{"name": name, "value": value, "url": options.address} for name, value in values.items() if value]


def picture_name(path: str, width: int, options) -> str:
    marks = [options.language[:2], "dark" if options.dark else "", "large" if options.large else ""]
    words = path.split("?")[0].strip("/").replace("/", "_") or "home"
    return "-".join([words, str(width), *filter(None, marks)]) + ".png"


if __name__ == "__main__":
    sys.exit(main())
