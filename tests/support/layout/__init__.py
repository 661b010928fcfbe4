"""What is wrong with the layout of a page in a window of some size, as lines that name the element."""

from pathlib import Path

from playwright.sync_api import Page

FAULTS = (Path(__file__).parent / "faults.js").read_text(encoding="utf-8")
SMALL_TARGETS = (Path(__file__).parent / "targets.js").read_text(encoding="utf-8")
HINTS = (Path(__file__).parent / "hints.js").read_text(encoding="utf-8")


def layout_faults(page: Page) -> list[str]:
    """Wider than the window, words over words or controls, cut or small text, targets too small for a finger."""
    return [*page.evaluate(FAULTS), *(f"small target: {target}" for target in page.evaluate(SMALL_TARGETS))]


def layout_hints(page: Page) -> list[str]:
    """What only an eye can judge: lone last words, buttons of two lines, sideways scrolling, the other language."""
    return page.evaluate(HINTS)
