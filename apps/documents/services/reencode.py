"""Take a hostile file apart and make it anew. Run as a program of its own, with hard limits, knowing nothing else.

    python -I reencode.py MEDIA_TYPE < file > frames

Writes the new file, then a JPEG of each page, each as a length of four bytes and the bytes; nothing of the old file
is passed on but pixels, or PDF content without actions. Exit status 3 with a word of `UploadProblem` on the error
stream where the file cannot be used. The parent takes every other ending for "too heavy".
"""

import io
import resource
import struct
import sys

MEMORY = 2 * 1024**3
SECONDS = 40
MOST_PIXELS = 60_000_000
LONGEST_SIDE = 2200
PAGE_WIDTH = 1400
MOST_PAGES = 20
MOST_OUTPUT = 60 * 1024**2
PARTS = (
    "javascript",
    "external_access",
    "attachments",
    "multimedia",
    "private_app_data",
    "collection",
    "search_index",
    "thumbnails",
    "web_capture",
)
KEYS = ("/OpenAction", "/AA", "/Names", "/AcroForm", "/Metadata", "/PieceInfo", "/URI", "/Threads", "/Outlines")
"""Of a document's root: what acts, or says more than the pages."""


class Refused(Exception):
    pass


def main() -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        content = sys.stdin.buffer.read()
        frames = pdf(content) if sys.argv[1] == "application/pdf" else picture(content)
        if sum(map(len, frames)) > MOST_OUTPUT:
            raise Refused("too_heavy")
    except Refused as refusal:
        sys.stderr.write(str(refusal))
        return 3
    except MemoryError:
        sys.stderr.write("too_heavy")
        return 3
    for frame in frames:
        sys.stdout.buffer.write(struct.pack(">I", len(frame)) + frame)
    return 0


def picture(content: bytes) -> list[bytes]:
    """Upright, on white, at most LONGEST_SIDE pixels, as a JPEG without metadata."""
    import pillow_heif
    from PIL import Image, ImageOps

    pillow_heif.register_heif_opener()
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        image = Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "HEIF"))
        if image.width * image.height > MOST_PIXELS:
            raise Refused("too_heavy")
        image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        image = ImageOps.exif_transpose(image)
        image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    except (Refused, MemoryError):
        raise
    except Image.DecompressionBombError as error:
        raise Refused("too_heavy") from error
    except Exception as error:  # a decoder given a hostile file raises whatever it likes
        raise Refused("broken") from error
    clean = jpeg(image)
    return [clean, clean]


def jpeg(image) -> bytes:
    from PIL import Image

    rgba = image.convert("RGBA")
    sheet = Image.new("RGBA", rgba.size, "white")
    out = io.BytesIO()
    Image.alpha_composite(sheet, rgba).convert("RGB").save(out, "JPEG", quality=82, optimize=True)
    return out.getvalue()


def pdf(content: bytes) -> list[bytes]:
    """The PDF without scripts, actions, attachments and forms, and a picture of each page of the cleaned one."""
    clean = cleaned(content)
    return [clean, *pages(clean)]


def cleaned(content: bytes) -> bytes:
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(content)) as document:
            refuse_unfit(document)
            take_out_what_acts(document)
            out = io.BytesIO()
            document.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    except (Refused, MemoryError):
        raise
    except pikepdf.PasswordError as error:
        raise Refused("encrypted") from error
    except Exception as error:
        raise Refused("broken") from error
    return out.getvalue()


def refuse_unfit(document) -> None:
    if document.is_encrypted:
        raise Refused("encrypted")
    if len(document.pages) > MOST_PAGES:
        raise Refused("too_many_pages")
    if "/XFA" in document.Root.get("/AcroForm", {}):
        raise Refused("form")


def take_out_what_acts(document) -> None:
    """Scripts, actions, attachments, media; and all that says who made the file, and when."""
    from pikepdf.sanitize import Sanitizer

    everything = Sanitizer()
    for part in PARTS:
        getattr(everything, f"remove_{part}")()
    everything.apply(document)
    for key in KEYS:
        if key in document.Root:
            del document.Root[key]
    for page in document.pages:
        for key in ("/AA", "/Annots", "/Metadata", "/PieceInfo"):
            if key in page:
                del page[key]
    del document.docinfo


def pages(content: bytes) -> list[bytes]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
        drawn = []
        for page in document:
            width, height = page.get_size()
            scale = min(PAGE_WIDTH / max(width, 1), 2 * PAGE_WIDTH / max(height, 1), 4)
            drawn.append(jpeg(page.render(scale=scale, may_draw_forms=False).to_pil()))
    except MemoryError:
        raise
    except Exception as error:
        raise Refused("broken") from error
    if not drawn:
        raise Refused("broken")
    return drawn


if __name__ == "__main__":
    sys.exit(main())
