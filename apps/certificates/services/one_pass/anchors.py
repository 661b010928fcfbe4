"""Where a member's words stand on the page, in points from its lower left: read off a page that WeasyPrint laid out.

So the template remains the only place that knows the layout. The page that is read says the same glyphs as this way
would write, or this way is not taken at all.
"""

from dataclasses import dataclass, replace
from functools import lru_cache

from apps.certificates.services.one_pass.coverage import NotCovered
from apps.certificates.services.one_pass.faces import Glyph, shape
from apps.certificates.services.one_pass.traces import Matrix, Traces, Words, traces_of

SHORTEST = {"name-xs": 2, "name-s": 5, "name-m": 10, "name-l": 15, "name-xl": 37}
"""So many characters make a name of each size."""
MOST_ROUNDING = 0.02
"""In em: Pango rounds what stands between letters."""


@dataclass(frozen=True)
class Anchor:
    x: float
    y: float
    size: float
    spacing: float
    """Between two characters, in em."""
    colour: tuple[float, ...]


@dataclass(frozen=True)
class Anchors:
    words: dict[str, Anchor]
    picture: Matrix
    code: Matrix
    code_colour: tuple[float, ...]
    code_width: float
    code_side: float
    """Of the whole code, in points."""


def anchors_for(name: str, name_class: str, alone: bool) -> Anchors:
    return _anchors(_name_like(shape(name), name_class), name_class, alone)


def _name_like(glyphs: tuple[Glyph, ...], name_class: str) -> str:
    """A name of the same size and font: on them depend its height and spacing.

    The chain's first font is in all but the rarest names, so one character stands for all of its. Where fonts meet
    in one line Pango spaces letters by rules of its own, so names of several fonts go the plain way.
    """
    faces = {glyph.face for glyph in glyphs}
    if len(faces) > 1:
        raise NotCovered("the name is in several fonts")
    filler = "一" if name_class in {"name-xs", "name-s"} else "i"
    return (glyphs[0].character if faces != {0} else filler) * SHORTEST[name_class]


@lru_cache(maxsize=256)
def _anchors(name: str, name_class: str, alone: bool) -> Anchors:
    from apps.certificates.services.one_pass.specimen import specimen_page

    pdf, said, side = specimen_page(name, alone)
    traces = traces_of(pdf)
    if traces.picture is None or traces.code is None:
        raise NotCovered("the page has no picture or no code where they are looked for")
    words = {field: _anchor(traces, text, field) for field, text in said.items()}
    words["issued_on"] = _centred(words["issued_on"], said["issued_on"])
    scale = abs(traces.code[0])
    return Anchors(words, traces.picture, traces.code, traces.code_colour, traces.code_width, scale * side)


def _anchor(traces: Traces, text: str, field: str) -> Anchor:
    run = next((run for run in traces.words if run.text == text), None)
    if run is None:
        raise NotCovered(f"{field} is not found on the page, or not in one line")
    expected = shape(text)
    if list(run.glyphs) != [glyph.gid for glyph in expected]:
        raise NotCovered(f"{field} is printed in other glyphs")
    return Anchor(run.x, run.y, run.size, _spacing(run, expected), run.colour)


def _spacing(run: Words, expected: tuple[Glyph, ...]) -> float:
    """What stands between two characters beyond their own advances."""
    gaps = [step - glyph.advance / 1000 for step, glyph in zip(run.advances[:-1], expected, strict=False)]
    if gaps and max(gaps) - min(gaps) > MOST_ROUNDING:
        raise NotCovered("letters stand otherwise than they were shaped")
    return round(sum(gaps) / len(gaps), 4) if gaps else 0.0


def _centred(anchor: Anchor, text: str) -> Anchor:
    """By its middle: what is printed there differs in width."""
    return replace(anchor, x=anchor.x + width_of(shape(text), anchor) / 2)


def width_of(glyphs: tuple[Glyph, ...], anchor: Anchor) -> float:
    return sum(glyph.advance / 1000 + anchor.spacing for glyph in glyphs) * anchor.size
