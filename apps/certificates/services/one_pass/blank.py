"""What is the same on all certificates of a kind and its sealing bodies: written once, kept as bytes.

WeasyPrint draws the page. Its fonts, subsets that still count 65,000 glyphs, are replaced by the glyphs in use and
those that dates, numbers and codes are written with. Objects that differ from member to member are left out; their
numbers are known.
"""

import hashlib
import re
import zlib
from dataclasses import dataclass, field
from functools import lru_cache
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name

from apps.certificates.services import page
from apps.certificates.services.one_pass.ground_fonts import replace_fonts

HOLES = ("content", "photo", "font", "metadata", "info", "seal")
"""The objects that each certificate writes itself: what the shared ones lead to."""
HANGERS_ON = ("descriptor", "program", "unicode")
"""And what only those lead to: the parts of the font."""
Box = tuple[float, float, float, float]
_HOLE = re.compile(rb"\d+ 0 obj\n<< /Hole /(\w+) >>\nendobj\n")
_FIELD = re.compile(rb"/T \(Seal(\d)\)")


@dataclass(frozen=True)
class Blank:
    """A file without its personal objects."""

    head: bytes
    """The header and every object that all members share."""
    offsets: dict[int, int]
    """Where each of those begins, by number."""
    numbers: dict[str, int]
    """Of the personal objects, by their names in HOLES and HANGERS_ON."""
    root: int
    fields: dict[int, tuple[int, bytes]]
    """The seals' fields by place: number and object."""
    fixed_font: str
    fixed_glyphs: frozenset[int]
    author: str
    subject: str
    producer: str
    hashed: object = field(repr=False)
    """SHA-256 of the head, to be gone on with."""

    @property
    def size(self) -> int:
        return max(*self.offsets, *self.numbers.values()) + 1


@lru_cache(maxsize=160)
def blank_for(kind: str, bodies: tuple[page.SealBody, ...], boxes: tuple[Box, ...], specimen: bool) -> Blank:
    """Drawn at the first certificate of its kind. Raises NotCovered where the ground is not as expected."""
    with pikepdf.open(BytesIO(page.ground(kind, bodies, specimen))) as document:
        said = {name: str(document.docinfo[f"/{name.title()}"]) for name in ("author", "subject", "producer")}
        holes = {name: document.make_indirect(Dictionary(Hole=Name(f"/{name}"))) for name in HOLES}
        _open_page(document, holes)
        fixed_font, fixed_glyphs = replace_fonts(document)
        _add_fields(document, boxes, holes["seal"])
        document.Root.Metadata, document.trailer.Info = holes["metadata"], holes["info"]
        saved = BytesIO()
        document.save(saved, fix_metadata_version=False, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    parts = _taken_apart(saved.getvalue())
    return Blank(**parts, **said, fixed_font=fixed_font, fixed_glyphs=fixed_glyphs)


def _open_page(document: pikepdf.Pdf, holes: dict) -> None:
    """The ground as it is, the member's words after it."""
    sheet = document.pages[0]
    ground = b"q\n" + sheet.Contents.read_bytes() + b"\nQ\n"
    drawn = pikepdf.Stream(document, zlib.compress(ground, 9), Filter=Name.FlateDecode)
    sheet.Contents = Array([document.make_indirect(drawn), holes["content"]])
    sheet.Resources.Font["/Personal"] = holes["font"]
    sheet.Resources.XObject = Dictionary({"/Photo": holes["photo"]})
    if "/Outlines" in document.Root:
        del document.Root.Outlines


def _add_fields(document: pikepdf.Pdf, boxes: tuple[Box, ...], seal) -> None:
    """The fields of all seals, as pyHanko makes them; the first is signed in the file's first revision."""
    sheet = document.pages[0].obj
    fields = [document.make_indirect(_field(document, sheet, place, box)) for place, box in enumerate(boxes)]
    fields[0].V = seal
    sheet.Annots = Array(fields)
    document.Root.AcroForm = Dictionary(Fields=Array(fields), SigFlags=3)
    document.Root.Perms = Dictionary(DocMDP=seal)
    document.Root.Extensions = Dictionary(
        ESIC=Dictionary(Type=Name.DeveloperExtensions, BaseVersion=Name("/1.7"), ExtensionLevel=1)
    )


def _field(document: pikepdf.Pdf, sheet, place: int, box) -> Dictionary:
    left, bottom, right, top = box
    unseen = pikepdf.Stream(document, b"")
    unseen.Type, unseen.Subtype, unseen.Resources = Name.XObject, Name.Form, Dictionary()
    unseen.BBox = Array([0, 0, round(right - left, 2), round(top - bottom, 2)])
    return Dictionary(
        FT=Name.Sig,
        T=pikepdf.String(f"Seal{place + 1}"),
        Type=Name.Annot,
        Subtype=Name.Widget,
        F=132,
        Rect=Array(list(box)),
        P=sheet,
        AP=Dictionary(N=document.make_indirect(unseen)),
    )


def _taken_apart(saved: bytes) -> dict:
    """The file's bytes without the holes, and where in them what begins."""
    table = int(re.search(rb"startxref\n(\d+)", saved)[1])
    root = int(re.search(rb"/Root (\d+) 0 R", saved[table:])[1])
    lines = saved[table:].split(b"\n")
    begins = {number: int(line[:10]) for number, line in enumerate(lines[2 : 2 + int(lines[1].split()[1])]) if number}
    order = sorted(begins, key=begins.get)
    head = saved[: begins[order[0]]]
    offsets, numbers, fields = {}, {}, {}
    for number, following in zip(order, [*order[1:], None], strict=True):
        body = saved[begins[number] : begins[following] if following else table]
        if hole := _HOLE.fullmatch(body.rstrip() + b"\n"):
            numbers[hole[1].decode()] = number
            continue
        if place := _FIELD.search(body):
            fields[int(place[1]) - 1] = (number, body)
        offsets[number] = len(head)
        head += body
    numbers |= {name: place for place, name in enumerate(HANGERS_ON, start=len(order) + 1)}
    return {
        "head": head,
        "offsets": offsets,
        "numbers": numbers,
        "root": root,
        "fields": fields,
        "hashed": hashlib.sha256(head),
    }
