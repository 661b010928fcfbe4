"""A round seal as it is stamped in China: ring, name on a curve, five-pointed star, one straight line below.

Glyph outlines make one path: the seal stays a picture, and its characters do not mix into the text of the page.
All lengths are millimetres around the seal's centre.
"""

import math
import subprocess
from functools import cache
from threading import Lock

from fontTools.misc.transform import Identity, Transform
from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

DIAMETER = 42.0
RING = 1.15
LINE = "会员证专用章"

_FONT = "Noto Serif CJK SC:bold"
_NAME_RADIUS = 15.4
_NAME_HEIGHT = 5.6
_NAME_SPREAD = math.radians(236)
"""The arc that a long name fills; a short one keeps the same pitch a glyph as ten characters have."""
_LINE_HEIGHT = 3.5
_LINE_PITCH = 3.7


_one_drawer = Lock()
"""An open font reads itself bit by bit and bears one reader at a time."""


@cache
def seal_path(name: str, line: str = LINE) -> str:
    """The inner parts of the seal of the body called `name`: its glyphs, the star, the line. Ring apart."""
    with _one_drawer:
        return _star(6.4) + _curved(name) + _straight(line, centre=12.2)


def ring_radius() -> float:
    return (DIAMETER - RING) / 2


def _curved(name: str) -> str:
    step = min(_NAME_SPREAD / (len(name) - 1), math.radians(30))
    width = min(_NAME_HEIGHT * 0.86, 2 * _NAME_RADIUS * math.sin(step / 2) * 0.98)
    start = -step * (len(name) - 1) / 2
    parts = []
    for i, character in enumerate(name):
        place = Identity.rotate(start + i * step).translate(0, -_NAME_RADIUS)
        parts.append(_glyph(character, place, width, _NAME_HEIGHT))
    return "".join(parts)


def _straight(text: str, centre: float) -> str:
    start = -_LINE_PITCH * (len(text) - 1) / 2
    return "".join(
        _glyph(character, Identity.translate(start + i * _LINE_PITCH, centre), _LINE_PITCH * 0.94, _LINE_HEIGHT)
        for i, character in enumerate(text)
    )


def _glyph(character: str, place: Transform, width: float, height: float) -> str:
    """The outline of one character, centred at `place` and fitted into width × height."""
    font, glyphs, cmap = _font()
    units = font["head"].unitsPerEm
    # an ideograph's body stands between -12 % and 88 % of the em; y grows upwards in fonts, downwards in SVG
    fit = place.scale(width / units, -height / units).translate(-units / 2, -units * 0.38)
    pen = SVGPathPen(None, ntos=lambda number: f"{number:.2f}")
    glyphs[cmap[ord(character)]].draw(TransformPen(pen, fit))
    return pen.getCommands()


def _star(radius: float) -> str:
    inner = radius * math.sin(math.radians(18)) / math.sin(math.radians(54))
    points = []
    for i in range(10):
        distance, angle = (radius, inner)[i % 2], math.radians(36 * i)
        points.append(f"{distance * math.sin(angle):.2f},{-distance * math.cos(angle):.2f}")
    return f"M{'L'.join(points)}Z"


@cache
def _font():
    """The font of the seals, kept open: it is read once a process."""
    command = ["fc-match", "--format", "%{file}\t%{index}", _FONT]
    path, index = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("\t")
    font = TTFont(path, fontNumber=int(index) & 0xFFFF if path.endswith(".ttc") else -1, lazy=True)
    return font, font.getGlyphSet(), font.getBestCmap()
