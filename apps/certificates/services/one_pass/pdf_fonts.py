"""The objects of a PDF that make a font of a few glyphs: names, widths, program, and the way back to characters."""

from dataclasses import dataclass

from apps.certificates.services.one_pass.cff import font_program
from apps.certificates.services.one_pass.pdf_syntax import deflated, number

_DESCRIPTOR = (
    b"<</Type/FontDescriptor/FontName/%s/Flags 6/FontBBox[-1000 -1000 3000 2000]/Ascent 1151/Descent -286"
    b"/CapHeight 1151/ItalicAngle 0/StemV 80/FontFile3 %d 0 R>>"
)
_FONT = (
    b"<</Type/Font/Subtype/Type0/BaseFont/%s/Encoding/Identity-H/ToUnicode %d 0 R/DescendantFonts[<</Type/Font"
    b"/Subtype/CIDFontType0/BaseFont/%s/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
    b"/FontDescriptor %d 0 R/DW 1000/W[%s]>>]>>"
)
_CMAP = b"""/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo
<< /Registry (Adobe)
/Ordering (UCS)
/Supplement 0
>> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
%sendcmap
CMapName currentdict /CMap defineresource pop
end
end"""
_MOST_AT_ONCE = 100
"""So many lines a `bfchar` section may have."""


@dataclass(frozen=True)
class PdfGlyph:
    charstring: bytes
    width: float
    text: str


@dataclass(frozen=True)
class FontNumbers:
    """The numbers of the four objects of a font."""

    font: int
    descriptor: int
    program: int
    unicode: int


def font_objects(name: str, glyphs: dict[int, PdfGlyph], numbers: FontNumbers) -> dict[int, bytes]:
    """The bodies of the four objects, by number. `name` begins with six capitals and a plus sign."""
    spelt = name.encode()
    program = font_program({cid: glyph.charstring for cid, glyph in glyphs.items()})
    widths = " ".join(f"{cid}[{number(glyph.width)}]" for cid, glyph in glyphs.items() if glyph.width != 1000)
    return {
        numbers.font: _FONT % (spelt, numbers.unicode, spelt, numbers.descriptor, widths.encode()),
        numbers.descriptor: _DESCRIPTOR % (spelt, numbers.program),
        numbers.program: deflated(b"/Subtype/CIDFontType0C", program),
        numbers.unicode: deflated(b"", to_unicode(glyphs)),
    }


def to_unicode(glyphs: dict[int, PdfGlyph]) -> bytes:
    lines = [f"<{cid:04x}> <{glyph.text.encode('utf-16-be').hex()}>\n" for cid, glyph in glyphs.items()]
    sections = [lines[start : start + _MOST_AT_ONCE] for start in range(0, len(lines), _MOST_AT_ONCE)]
    said = "".join(f"{len(section)} beginbfchar\n{''.join(section)}endbfchar\n" for section in sections)
    return _CMAP % said.encode()
