"""What axe finds on a page, as lines that say where to look."""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"runOnly": {"type": "tag", "values": STANDARDS}, "resultTypes": ["violations"]}
"""What is in order comes back without its elements: to name them all takes three times as long as to judge."""
VIOLATIONS = "options => axe.run(options).then(results => results.violations)"


def axe_findings(page: Page) -> list[str]:
    page.evaluate(AXE_SCRIPT)
    return [
        f"{page.url} {finding['id']}: {node['html'][:200]} {node.get('failureSummary', '')}"
        for finding in page.evaluate(VIOLATIONS, OPTIONS)
        for node in finding["nodes"]
    ]


def faults_of(reader, addresses) -> list[str]:
    """What axe finds on each page, and which pages are wider than the window."""
    faults = []
    for address in addresses:
        faults += widths_of(reader, [address])
        faults += axe_findings(reader.page)
    return faults


def widths_of(reader, addresses) -> list[str]:
    """Which pages are wider than the window."""
    faults = []
    for address in addresses:
        reader.page.goto(address)
        if (excess := reader.overflow()) > 0:
            faults.append(f"{address} is {excess} px too wide")
    return faults
