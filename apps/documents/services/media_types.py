"""What a file is, by its content. A name or a browser's word is never asked."""

import re

JPEG, PNG, HEIC, PDF = "image/jpeg", "image/png", "image/heic", "application/pdf"
HEIF_BRANDS = {b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"}
MARKUP = re.compile(rb"<\s*(script|html|svg|\?php|!doctype)", re.IGNORECASE)
END_OF_ZIP = b"PK\x05\x06"
ZIP_TAIL = 22 + 65535
"""A ZIP is read from its end: its directory's last record lies within so many bytes."""


def media_type_of(content: bytes) -> str | None:
    """One of the four that are taken in, or None."""
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if content[4:8] == b"ftyp" and content[8:12] in HEIF_BRANDS:
        return HEIC
    return PDF if content.startswith(b"%PDF-") else None


def has_second_type(content: bytes, media_type: str) -> bool:
    """Whether another program would take the same bytes for something else: a polyglot."""
    head = content[:1024]
    if media_type != PDF and b"%PDF-" in content[:1024]:
        return True
    return bool(MARKUP.search(head)) or _ends_as_zip(content)


def _ends_as_zip(content: bytes) -> bool:
    tail = content[-ZIP_TAIL:]
    place = tail.rfind(END_OF_ZIP)
    if place < 0 or len(tail) - place < 22:
        return False
    comment = int.from_bytes(tail[place + 20 : place + 22], "little")
    return len(tail) - place - 22 >= comment
