"""What WeasyPrint put where: the words, the picture and the code of a printed page, read back from its content."""

import re
from dataclasses import dataclass, field
from io import BytesIO

import pikepdf

Matrix = tuple[float, float, float, float, float, float]
_BFCHAR = re.compile("^<([0-9a-f]{4})> <([0-9a-f]+)>$", re.MULTILINE)
IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)


@dataclass(frozen=True)
class Words:
    """One line of text in one font: where it begins, its size and colour, its glyphs with their advances in em."""

    text: str
    x: float
    y: float
    size: float
    colour: tuple[float, ...]
    glyphs: tuple[int, ...]
    advances: tuple[float, ...]


@dataclass
class Traces:
    words: list[Words] = field(default_factory=list)
    picture: Matrix | None = None
    """The unit square of the photo."""
    code: Matrix | None = None
    """One module of the code is a unit."""
    code_colour: tuple[float, ...] = ()
    code_width: float = 1.0


def multiply(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def traces_of(pdf: bytes) -> Traces:
    with pikepdf.open(BytesIO(pdf)) as document:
        page = document.pages[0]
        fonts = {name: _Font(font) for name, font in page.Resources.Font.items()}
        return _Reader(fonts).read(pikepdf.parse_content_stream(page))


class _Font:
    def __init__(self, font):
        self.characters = characters_of(font.ToUnicode.read_bytes())
        self.widths = dict(widths_of(font.DescendantFonts[0].W))

    def text(self, glyphs) -> str:
        return "".join(self.characters.get(glyph, "\N{REPLACEMENT CHARACTER}") for glyph in glyphs)


class _Reader:
    """Follows the few operators that WeasyPrint writes."""

    def __init__(self, fonts: dict[str, _Font]):
        self.fonts, self.traces = fonts, Traces()
        self.matrix, self.fill, self.stroke, self.width = IDENTITY, (0.0,), (0.0,), 1.0
        self.kept: list[tuple] = []

    def read(self, instructions) -> Traces:
        for operands, operator in instructions:
            act = getattr(self, f"_on_{operator}", None)
            if act is not None:
                act(*operands)
        return self.traces

    def _on_q(self):
        self.kept.append((self.matrix, self.fill, self.stroke, self.width))

    def _on_Q(self):
        self.matrix, self.fill, self.stroke, self.width = self.kept.pop()

    def _on_cm(self, *numbers):
        self.matrix = multiply(tuple(map(float, numbers)), self.matrix)

    def _on_rg(self, *colour):
        self.fill = tuple(map(float, colour))

    def _on_RG(self, *colour):
        self.stroke = tuple(map(float, colour))

    def _on_w(self, width):
        self.width = float(width)

    def _on_Tf(self, name, size):
        self.font, self.size = str(name), float(size)

    def _on_Tm(self, *numbers):
        self.text_matrix = multiply(tuple(map(float, numbers)), self.matrix)

    def _on_TJ(self, pieces):
        glyphs, advances = self._glyphs_of(pieces)
        size, x, y = self.size * self.text_matrix[0], *self.text_matrix[4:]
        text = self.fonts[self.font].text(glyphs)
        self.traces.words.append(Words(text, x, y, size, self.fill, glyphs, advances))
        self.text_matrix = (*self.text_matrix[:4], x + size * sum(advances), y)

    def _glyphs_of(self, pieces) -> tuple[tuple[int, ...], tuple[float, ...]]:
        glyphs, advances = [], []
        widths = self.fonts[self.font].widths
        for piece in pieces:
            if not isinstance(piece, pikepdf.String):
                if advances:
                    advances[-1] -= float(piece)
                continue
            code = bytes(piece)
            for place in range(0, len(code), 2):
                glyphs.append(int.from_bytes(code[place : place + 2], "big"))
                advances.append(widths.get(glyphs[-1], 1000.0))
        return tuple(glyphs), tuple(advance / 1000 for advance in advances)

    def _on_Do(self, _name):
        self.traces.picture = self.matrix

    def _on_S(self):
        self.traces.code, self.traces.code_colour, self.traces.code_width = self.matrix, self.stroke, self.width


def characters_of(to_unicode: bytes) -> dict[int, str]:
    pairs = _BFCHAR.findall(to_unicode.decode("latin-1"))
    found = {int(glyph, 16): bytes.fromhex(text).decode("utf-16-be") for glyph, text in pairs}
    found.pop(0, None)
    return found


def widths_of(array):
    entries = list(array)
    for place in range(0, len(entries), 2):
        first, widths = int(entries[place]), entries[place + 1]
        for offset, width in enumerate(widths):
            yield first + offset, float(width)
