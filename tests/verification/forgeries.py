"""What forgers do to a certificate, and what becomes of one on its way. None of them needs a key."""

import io
import re
from collections.abc import Iterator

import pikepdf
from PIL import Image
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

OVERLAY = b"q 1 1 1 rg 200 300 200 40 re f Q BT /F1 24 Tf 210 310 Td (Another Name) Tj ET"


def flipped(content: bytes, position: int, bit: int = 0) -> bytes:
    changed = bytearray(content)
    changed[position] ^= 1 << bit
    return bytes(changed)


def flips(content: bytes, count: int) -> Iterator[tuple[str, bytes]]:
    """One bit each, spread over the whole file, first and last byte included."""
    for number in range(count):
        position = round(number * (len(content) - 1) / (count - 1))
        yield f"bit {number % 8} of byte {position}", flipped(content, position, number % 8)


def forgeries(content: bytes, other: bytes) -> dict[str, bytes]:
    """By name; `other` is another member's certificate."""
    return {
        "page replaced": _incremental(content, _replace_page),
        "page overlaid": _incremental(content, _overlay),
        "page hidden under another": _incremental(content, _hide),
        "field laid over": _incremental(content, _field),
        "note laid over": _incremental(content, _note),
        "metadata replaced": _incremental(content, _metadata),
        "metadata replaced in place": _in_place(content, rb"<dc:\w+>", b"x"),
        "junk behind": content + b"\n% nothing to see",
        "junk of zeros behind": content + bytes(4096),
        "junk before": b"%junk\n" + content,
        "photo swapped": _resaved(content, _swap_photo),
        "seal of another file": _seal_moved(content, other),
        "truncated": content[: len(content) * 2 // 3],
        "last byte missing": content[:-1],
        "first revision alone": _first_revision(content),
        "two in one": content + other,
        "two in one, ours last": other + content,
        "saved by another tool": _resaved(content),
        "saved for the web": _resaved(content, linearize=True),
        "without its seals": _resaved(content, _unsealed),
        "with a password": _resaved(content, encryption=pikepdf.Encryption(owner="a", user="b")),
        "line ends changed": content.replace(b"\n", b"\r\n"),
        "empty": b"",
    }


def _incremental(content: bytes, change) -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _page(writer):
    return writer.root["/Pages"]["/Kids"][0]


def _replace_page(writer) -> None:
    page = _page(writer)
    page["/Contents"] = writer.add_object(generic.StreamObject(stream_data=OVERLAY))
    writer.update_container(page)


def _overlay(writer) -> None:
    page = _page(writer)
    contents = page.raw_get("/Contents")
    before = list(page["/Contents"]) if isinstance(page["/Contents"], generic.ArrayObject) else [contents]
    page["/Contents"] = generic.ArrayObject([*before, writer.add_object(generic.StreamObject(stream_data=OVERLAY))])
    writer.update_container(page)


def _hide(writer) -> None:
    """A second page tree, put in the place of the first."""
    box = generic.ArrayObject(map(generic.NumberObject, (0, 0, 842, 595)))
    stream = writer.add_object(generic.StreamObject(stream_data=OVERLAY))
    page = generic.DictionaryObject(
        {
            generic.pdf_name("/Type"): generic.pdf_name("/Page"),
            generic.pdf_name("/MediaBox"): box,
            generic.pdf_name("/Contents"): stream,
        }
    )
    tree = generic.DictionaryObject(
        {
            generic.pdf_name("/Type"): generic.pdf_name("/Pages"),
            generic.pdf_name("/Count"): generic.NumberObject(1),
            generic.pdf_name("/Kids"): generic.ArrayObject([writer.add_object(page)]),
        }
    )
    writer.root["/Pages"] = writer.add_object(tree)
    writer.update_root()


def _annotation(writer, **entries) -> None:
    rectangle = generic.ArrayObject(map(generic.NumberObject, (200, 300, 400, 340)))
    names = {generic.pdf_name(f"/{key}"): value for key, value in entries.items()}
    annotation = generic.DictionaryObject(
        {generic.pdf_name("/Type"): generic.pdf_name("/Annot"), generic.pdf_name("/Rect"): rectangle, **names}
    )
    page = _page(writer)
    page["/Annots"] = generic.ArrayObject([*page.get("/Annots", []), writer.add_object(annotation)])
    writer.update_container(page)


def _note(writer) -> None:
    text = generic.pdf_string("Another Name")
    _annotation(writer, Subtype=generic.pdf_name("/FreeText"), Contents=text, DA=generic.pdf_string("/F1 20 Tf"))


def _field(writer) -> None:
    _annotation(
        writer,
        Subtype=generic.pdf_name("/Widget"),
        FT=generic.pdf_name("/Tx"),
        T=generic.pdf_string("name"),
        V=generic.pdf_string("Another Name"),
    )


def _metadata(writer) -> None:
    writer.set_info(
        writer.add_object(generic.DictionaryObject({generic.pdf_name("/Title"): generic.pdf_string("Another Name")}))
    )


def _in_place(content: bytes, pattern: bytes, character: bytes) -> bytes:
    found = re.search(pattern, content)
    place = found.end() if found else len(content) // 2
    return content[:place] + character + content[place + 1 :]


def _resaved(content: bytes, change=None, **how) -> bytes:
    with pikepdf.open(io.BytesIO(content)) as document:
        if change:
            change(document)
        out = io.BytesIO()
        document.save(out, **how)
    return out.getvalue()


def _swap_photo(document) -> None:
    for image in document.objects:
        if isinstance(image, pikepdf.Stream) and image.get("/Subtype") == "/Image":
            out = io.BytesIO()
            Image.new("RGB", (int(image.Width), int(image.Height)), "#204060").save(out, "JPEG")
            image.write(out.getvalue(), filter=pikepdf.Name.DCTDecode)


def _unsealed(document) -> None:
    del document.Root.AcroForm


SEAL = re.compile(rb"/Contents\s*<([0-9a-fA-F]{2000,})>")


def _seal_moved(content: bytes, other: bytes) -> bytes:
    """The last seal of the other file, in the place of ours."""
    here, there = list(SEAL.finditer(content))[-1], list(SEAL.finditer(other))[-1]
    width = len(here.group(1))
    seal = there.group(1)[:width].ljust(width, b"0")
    return content[: here.start(1)] + seal + content[here.end(1) :]


def _first_revision(content: bytes) -> bytes:
    """As it was before the last seal."""
    ends = [match.end() for match in re.finditer(rb"%%EOF\n?", content)]
    return content[: ends[-2]] if len(ends) > 1 else content[: ends[-1] - 2]
