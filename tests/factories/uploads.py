"""Files as people (and worse) send them."""

import zipfile
from io import BytesIO

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from pikepdf import Array, Dictionary, Name, Stream, String

from tests.factories.documents import picture, picture_bytes


def upload(content: bytes, name="IMG_0001.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "application/octet-stream")


def pdf_bytes(pages: int = 1, *, root: dict | None = None, **save) -> bytes:
    """A PDF with a few strokes on each page."""
    document = pikepdf.new()
    for _number in range(pages):
        page = document.add_blank_page(page_size=(595, 842))
        page.contents_add(b"0 0 1 rg 100 100 300 400 re f")
    for key, value in (root or {}).items():
        document.Root[key] = value
    out = BytesIO()
    document.save(out, **save)
    return out.getvalue()


def pdf_that_acts() -> bytes:
    """A script on opening, a link outside, an attachment, an author."""
    document = pikepdf.open(BytesIO(pdf_bytes()))
    script = Dictionary(S=Name.JavaScript, JS=String("app.alert('secret-script')"))
    document.Root.OpenAction = script
    document.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("x"), script])))
    link = Dictionary(S=Name.URI, URI=String("https://secret-address.example"))
    document.pages[0].Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=link)])
    document.attachments["secret-file.txt"] = b"secret-words"
    document.docinfo["/Author"] = "secret-author"
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def pdf_bomb() -> bytes:
    """A content stream that grows to a gigabyte of drawing when it is unpacked."""
    document = pikepdf.open(BytesIO(pdf_bytes()))
    document.pages[0].Contents = Stream(document, b"0 0 m 9 9 l S\n" * 20_000_000)
    out = BytesIO()
    document.save(out, compress_streams=True)
    return out.getvalue()


def zip_behind(content: bytes) -> bytes:
    """A picture or PDF that any unzipper takes for an archive."""
    out = BytesIO(content)
    out.seek(0, 2)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("evil.js", "alert(1)")
    return out.getvalue()


def portrait_with_place() -> bytes:
    """A JPEG that says where it was taken."""
    from PIL import Image

    exif = Image.Exif()
    exif[0x010E] = "secret-place"
    return picture_bytes(picture(), exif=exif.tobytes())
