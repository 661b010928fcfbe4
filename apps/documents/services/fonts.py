"""Which characters the fonts of printed documents can show, so that an empty box is never printed."""

import subprocess
from functools import cache

from fontTools.ttLib import TTFont

FONT_CHAIN = (
    "Noto Serif CJK SC",
    "Source Han Serif SC",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "HanaMinA",
    "HanaMinB",
    "BabelStone Han",
)
"""The families that documents name in their style sheets, in this order."""


def missing_characters(text: str) -> list[str]:
    """The characters of `text` that no installed font of the chain has a glyph for, each once, in order.

    Pango falls back silently and would print a box: whoever prints a name asks here first.
    """
    wanted = [character for character in dict.fromkeys(text) if not character.isspace()]
    for family in FONT_CHAIN:
        if not wanted:
            break
        wanted = [character for character in wanted if ord(character) not in _covered_by(family)]
    return wanted


def printable(text: str) -> str:
    """`text` for a document: a character that no font shows is named by its code, as 〔U+31350〕, never a box."""
    missing = set(missing_characters(text))
    return "".join(f"〔U+{ord(character):X}〕" if character in missing else character for character in text)


@cache
def _covered_by(family: str) -> frozenset[int]:
    """Code points with a glyph in an installed font of this family; none where it is not installed."""
    covered: set[int] = set()
    if (found := font_file(family)) is not None:
        path, index = found
        with TTFont(path, fontNumber=index, lazy=True) as font:
            covered.update(font.getBestCmap() or ())
    return frozenset(covered)


def font_file(family: str) -> tuple[str, int] | None:
    """The file of the family and its place in it, of regular weight: other weights cover the same characters."""
    listed = subprocess.run(
        ["fc-list", "--format", "%{weight}\t%{file}\t%{index}\n", f":family={family}"],
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
    ).stdout
    rows = [line.split("\t") for line in listed.splitlines()]
    # fontconfig keeps the number of a variable font's instance in the upper half of the index
    files = sorted({(abs(_number(weight) - 80), path, int(index) & 0xFFFF) for weight, path, index in rows})
    return files[0][1:] if files else None


def _number(weight: str) -> float:
    try:
        return float(weight)
    except ValueError:  # a range, of a variable font
        return 80.0
