"""The fonts of the ground, cut down to the glyphs in use; the regular one also serves dates, numbers and codes."""

import string
import zlib

import pikepdf
import uharfbuzz as hb
from pikepdf import Array, Dictionary, Name

from apps.certificates.services.one_pass.cff import font_program
from apps.certificates.services.one_pass.coverage import NotCovered
from apps.certificates.services.one_pass.faces import charstring, face, outline, scaled
from apps.certificates.services.one_pass.pdf_fonts import PdfGlyph, to_unicode
from apps.certificates.services.one_pass.traces import characters_of, widths_of

FIXED_LETTERS = f" {string.digits}{string.ascii_letters}年月日男女"


def replace_fonts(document: pikepdf.Pdf) -> tuple[str, frozenset[int]]:
    """The resource name of the regular font, and the glyphs it has now. Raises NotCovered where there is none."""
    fonts = document.pages[0].Resources.Font
    regular = None
    for name in [name for name in fonts if name != "/Personal"]:
        font, glyphs = fonts[name], _glyphs_of(fonts[name])
        if _is_regular(glyphs):
            regular = (name, frozenset(glyphs := _fixed_glyphs() | glyphs))
        _replace(document, font, glyphs)
    if regular is None:
        raise NotCovered("the ground has no text in the font of the members' words")
    return regular


def _glyphs_of(font) -> dict[int, PdfGlyph]:
    inner = font.DescendantFonts[0]
    program = inner.FontDescriptor.get("/FontFile3", inner.FontDescriptor.get("/FontFile2"))
    opened = scaled(hb.Face(hb.Blob(program.read_bytes())))
    widths, characters = dict(widths_of(inner.W)), characters_of(font.ToUnicode.read_bytes())
    return {
        gid: PdfGlyph(charstring(opened, gid, widths.get(gid, 1000)), widths.get(gid, 1000), text)
        for gid, text in characters.items()
    }


def _is_regular(glyphs: dict[int, PdfGlyph]) -> bool:
    return any(glyph.text.strip() and glyph.charstring == outline(0, gid) for gid, glyph in glyphs.items())


def _fixed_glyphs() -> dict[int, PdfGlyph]:
    font = face(0)
    gids = {character: font.get_nominal_glyph(ord(character)) for character in FIXED_LETTERS}
    return {gid: PdfGlyph(outline(0, gid), font.get_glyph_h_advance(gid), character) for character, gid in gids.items()}


def _replace(document: pikepdf.Pdf, font, glyphs: dict[int, PdfGlyph]) -> None:
    """The same font under the same name, of `glyphs` alone."""
    glyphs = dict(sorted(glyphs.items()))
    inner = font.DescendantFonts[0]
    descriptor = document.make_indirect(Dictionary(dict(inner.FontDescriptor.items())))
    for key in ("/FontFile2", "/CIDSet"):
        if key in descriptor:
            del descriptor[key]
    descriptor.FontFile3 = _compressed(
        document, font_program({gid: glyph.charstring for gid, glyph in glyphs.items()}), Subtype=Name.CIDFontType0C
    )
    inner.FontDescriptor, inner.Subtype, inner.DW = descriptor, Name.CIDFontType0, 1000
    inner.W = Array([part for gid, glyph in glyphs.items() for part in (gid, Array([round(glyph.width, 3)]))])
    if "/CIDToGIDMap" in inner:
        del inner.CIDToGIDMap
    font.ToUnicode = _compressed(document, to_unicode(glyphs))


def _compressed(document: pikepdf.Pdf, content: bytes, **entries):
    return document.make_indirect(
        pikepdf.Stream(document, zlib.compress(content, 9), Filter=Name.FlateDecode, **entries)
    )
