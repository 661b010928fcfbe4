"""Every page of a running demo, as every kind of reader sees it, in every size: what is wrong, and pictures.

    bin/run                                  # in another terminal: the demo
    bin/manage demo_cases                    # an application in every state
    python -m bench.screenshots http://localhost:8000 pictures/ [--reader visitor …] [--path /apply/ …] [--pictures all]

Each page is loaded once a language; then the window changes: 320, 360, 768, 1024 and 1440 px, normal and large text,
and dark colours, which must not move anything. `--data` is the demo's folder (PORTAL_DATA): its accounts and mails.
By default there are pictures of two sets, phone (360 px, Chinese, large text) and desk (1024 x 768, English).
Faults are printed, whole in FOLDER/faults.txt; FOLDER/hints.txt lists what only an eye can judge. Status 1: faults.
"""

import argparse
import sys
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

from bench.screenshots.looks import Looker
from bench.screenshots.mails import look_at_mails
from bench.screenshots.readers import readers_of
from bench.screenshots.report import Report
from bench.screenshots.tour import tour
from tests.support.browser import launch_chromium


def main() -> int:
    options = parse()
    options.folder.mkdir(parents=True, exist_ok=True)
    report, begun = Report(), time.monotonic()
    with sync_playwright() as playwright:
        browser = launch_chromium(playwright)
        looker = Looker(options.folder, report, pictures=options.pictures)
        for reader in readers_of(options.data, only=options.reader):
            started = time.monotonic()
            tour(browser, reader, looker, options)
            print(f"{time.monotonic() - started:4.0f} s  {reader.name}", flush=True)
            report.write(options.folder)
        if not (options.reader or options.path):
            look_at_mails(browser, options.data / "mail", looker)
        browser.close()
    report.write(options.folder)
    print(report.summary(time.monotonic() - begun))
    return 1 if report.faults else 0


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("address")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--data", type=Path, default=Path("var"))
    parser.add_argument("--reader", nargs="+", default=[], help="only these, by the beginning of their names")
    parser.add_argument("--path", nargs="+", default=[], help="only these addresses, nothing else")
    parser.add_argument("--pictures", nargs="+", default=["phone", "desk"], choices=["phone", "desk", "all", "none"])
    parser.add_argument("--prints", action="store_true", help="print receipts, progress, verdicts, sheets to PDF, too")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
