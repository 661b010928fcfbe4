"""The fonts of the chain, open and shared by all certificates of a process; outlines and words in them."""

import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

import uharfbuzz as hb
from fontTools.pens.t2CharStringPen import T2CharStringPen

from apps.certificates.services.one_pass.coverage import NotCovered
from apps.documents.services import FONT_CHAIN, font_file

UNITS = 1000
"""Every face is scaled to so many units an em, whatever its file says."""
LANGUAGE = "zh-Hans"
_PLAIN_LETTERS = {"L", "EN", "ES", "ET", "CS", "ON", "WS", "AN"}
"""Bidirectional classes of what stands from left to right, a glyph a character."""


@dataclass(frozen=True)
class Glyph:
    """A glyph as it is placed: `advance` is what it takes here, `width` what its font says."""

    face: int
    gid: int
    character: str
    advance: float
    width: float


@cache
def face(place: int) -> hb.Font | None:
    """The font of that place in the chain; None where it is not installed."""
    found = font_file(FONT_CHAIN[place])
    if found is None:
        return None
    path, index = found
    return scaled(hb.Face(hb.Blob.from_file_path(path), index))


def scaled(opened: hb.Face) -> hb.Font:
    font = hb.Font(opened)
    font.scale = (UNITS, UNITS)
    return font


@lru_cache(maxsize=2048)
def shaped(text: str) -> tuple[Glyph, ...]:
    """`text` as Pango sets it with the chain's fonts, without letter-spacing. Raises NotCovered.

    The dates and words of a day are the same for thousands of members, so they are kept.
    """
    return shape(text)


def shape(text: str) -> tuple[Glyph, ...]:
    glyphs: list[Glyph] = []
    start = 0
    places = [_place_of(character) for character in text]
    for end in range(1, len(text) + 1):
        if end == len(text) or places[end] != places[start]:
            glyphs += _shape_run(text[start:end], places[start])
            start = end
    return tuple(glyphs)


@lru_cache(maxsize=65536)
def _place_of(character: str) -> int:
    if unicodedata.bidirectional(character) not in _PLAIN_LETTERS or unicodedata.combining(character):
        raise NotCovered("a script that a layout engine has to set")
    for place in range(len(FONT_CHAIN)):
        font = face(place)
        if font is not None and font.get_nominal_glyph(ord(character)):
            return place
    raise NotCovered("a character that no font of the chain has")


def _shape_run(text: str, place: int) -> list[Glyph]:
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.direction, buffer.language = "LTR", LANGUAGE
    buffer.guess_segment_properties()
    font = face(place)
    hb.shape(font, buffer, {"kern": True, "liga": False, "clig": False})
    infos, positions = buffer.glyph_infos, buffer.glyph_positions
    plain = len(infos) == len(text) and all(
        info.codepoint and info.cluster == i and not position.x_offset and not position.y_offset
        for i, (info, position) in enumerate(zip(infos, positions, strict=True))
    )
    if not plain:
        raise NotCovered(f"{len(infos)} glyphs for {len(text)} characters")
    return [
        Glyph(place, info.codepoint, text[i], position.x_advance, font.get_glyph_h_advance(info.codepoint))
        for i, (info, position) in enumerate(zip(infos, positions, strict=True))
    ]


@lru_cache(maxsize=32768)
def outline(place: int, gid: int) -> bytes:
    """The Type 2 charstring of a glyph, its width first; kept, since names share most of their characters."""
    return charstring(face(place), gid)


def charstring(font: hb.Font, gid: int, width: float | None = None) -> bytes:
    width = font.get_glyph_h_advance(gid) if width is None else width
    pen = T2CharStringPen(width, None)
    font.draw_glyph_with_pen(gid, pen)
    drawn = pen.getCharString()
    drawn.compile()
    return drawn.bytecode
