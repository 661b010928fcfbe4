"""The personal objects of one certificate."""

import hashlib
import html
import re
from io import BytesIO

from PIL import Image

from apps.certificates.selectors.statements import Statement
from apps.certificates.services import page
from apps.certificates.services.one_pass.anchors import Anchor, Anchors, anchors_for, width_of
from apps.certificates.services.one_pass.blank import Blank
from apps.certificates.services.one_pass.coverage import NotCovered
from apps.certificates.services.one_pass.faces import Glyph, outline, shape, shaped
from apps.certificates.services.one_pass.pdf_fonts import FontNumbers, PdfGlyph, font_objects
from apps.certificates.services.one_pass.pdf_syntax import deflated, number, stream, text_string
from apps.certificates.services.one_pass.specimen import words_of
from apps.certificates.services.qr import QUIET_ZONE, qr_matrix

NAME_WIDTH = 85 / 25.4 * 72
"""Of the line that a name has on the page; a longer one takes two lines, which only a layout engine breaks."""
OF_ONE_MEMBER = {"number", "code"}
"""Words that nobody else has: keeping them in memory would help nobody."""
_DARK = re.compile(b"\x01+")
_XMP = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n<x:xmpmeta xmlns:x="adobe:ns:meta/">'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"'
    ' xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' pdfaid:part="2" pdfaid:conformance="U" pdf:Producer="{producer}">'
    '<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>'
    "<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>"
    '<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>'
    '</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end="r"?>'
)


def personal_objects(statement: Statement, photo: bytes, blank: Blank, *, alone: bool) -> dict[int, bytes]:
    """Bodies by number, of all that the blank leaves open but the signature. Raises NotCovered."""
    numbers = blank.numbers
    name = shape(statement.name)
    anchors = anchors_for(statement.name, page.name_class(statement.name), alone)
    if width_of(name, anchors.words["name"]) > NAME_WIDTH:
        raise NotCovered("the name takes two lines")
    cids = {key: cid for cid, key in enumerate(dict.fromkeys((glyph.face, glyph.gid) for glyph in name), start=1)}
    content = _words(statement, name, cids, blank, anchors) + _photo(anchors) + _code(statement, anchors)
    return {
        numbers["content"]: deflated(b"", content),
        numbers["photo"]: _photo_object(photo),
        **_name_font(
            name, cids, FontNumbers(*(numbers[part] for part in ("font", "descriptor", "program", "unicode")))
        ),
        **_descriptions(statement, blank),
    }


def _words(statement: Statement, name, cids, blank: Blank, anchors: Anchors) -> bytes:
    lines = [_line("Personal", name, anchors.words["name"], [cids[glyph.face, glyph.gid] for glyph in name])]
    for field, text in words_of(statement).items():
        if field == "name":
            continue
        anchor, glyphs = anchors.words[field], (shape if field in OF_ONE_MEMBER else shaped)(text)
        gids = [glyph.gid for glyph in glyphs]
        if not blank.fixed_glyphs.issuperset(gids):
            raise NotCovered(f"{field} has characters that are not fixed")
        shift = width_of(glyphs, anchor) / 2 if field == "issued_on" else 0.0
        lines.append(_line(blank.fixed_font.lstrip("/"), glyphs, anchor, gids, shift))
    return "".join(lines).encode()


def _line(font: str, glyphs: tuple[Glyph, ...], anchor: Anchor, cids: list[int], shift: float = 0.0) -> str:
    """Words from their anchor on; between two glyphs what letter-spacing and kerning make of the font's widths."""
    colour = " ".join(map(number, anchor.colour))
    pieces = []
    for cid, glyph in zip(cids, glyphs, strict=True):
        tighter = glyph.width - glyph.advance - anchor.spacing * 1000
        pieces.append(f"<{cid:04x}>{number(tighter)}" if abs(tighter) > 0.01 else f"<{cid:04x}>")
    x, y = number(anchor.x - shift), number(anchor.y)
    return f"{colour} rg BT /{font} {number(anchor.size)} Tf 1 0 0 1 {x} {y} Tm [{''.join(pieces)}]TJ ET\n"


def _photo(anchors: Anchors) -> bytes:
    return f"q {' '.join(map(number, anchors.picture))} cm /Photo Do Q\n".encode()


def _code(statement: Statement, anchors: Anchors) -> bytes:
    """White around it, then a stroke for each run of dark modules, as the template draws it."""
    rows = qr_matrix(page.check_address(statement))
    side = len(rows)
    module, x, y = anchors.code_side / side, *anchors.code[4:]
    around = f"{-QUIET_ZONE} {-QUIET_ZONE} {side + 2 * QUIET_ZONE} {side + 2 * QUIET_ZONE} re f"
    colour = " ".join(map(number, anchors.code_colour))
    head = f"q {module:.5f} 0 0 {-module:.5f} {x:.3f} {y:.3f} cm 1 1 1 rg {around} {colour} RG {anchors.code_width} w\n"
    runs = [
        f"{run.start()} {place}.5 m {run.end()} {place}.5 l"
        for place, row in enumerate(rows)
        for run in _DARK.finditer(bytes(row))
    ]
    return f"{head}{' '.join(runs)} S Q\n".encode()


def _photo_object(photo: bytes) -> bytes:
    with Image.open(BytesIO(photo)) as picture:
        form, mode, (width, height) = picture.format, picture.mode, picture.size
    colours = {"RGB": b"DeviceRGB", "L": b"DeviceGray"}.get(mode)
    if form != "JPEG" or colours is None:
        raise NotCovered(f"the photo is {form} {mode}")
    entries = b"/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/%s/BitsPerComponent 8/Filter/DCTDecode"
    return stream(entries % (width, height, colours), photo)


def _name_font(name: tuple[Glyph, ...], cids: dict, numbers: FontNumbers) -> dict[int, bytes]:
    glyphs = {cids[g.face, g.gid]: PdfGlyph(outline(g.face, g.gid), g.width, g.character) for g in name}
    tag = hashlib.sha256("".join(glyph.character for glyph in name).encode()).digest()[:6]
    prefix = "".join(chr(ord("A") + byte % 26) for byte in tag)
    return font_objects(f"{prefix}+CertificateName", glyphs, numbers)


def _descriptions(statement: Statement, blank: Blank) -> dict[int, bytes]:
    """Who, what and by whom, twice and alike: for PDF/A and for old readers."""
    title = f"{page.kind_words(statement.kind)['title']} {statement.name}"
    said = {"title": title, "author": blank.author, "subject": blank.subject, "producer": blank.producer}
    xmp = _XMP.format(**{key: html.escape(text) for key, text in said.items()})
    info = b"".join(b"/%s %s" % (key.title().encode(), text_string(text)) for key, text in said.items())
    return {
        blank.numbers["metadata"]: stream(b"/Type/Metadata/Subtype/XML", xmp.encode()),
        blank.numbers["info"]: b"<<%s>>" % info,
    }
