"""How things are spelt in a PDF file."""

import zlib


def number(value: float) -> str:
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return text if text not in {"-0", ""} else "0"


def text_string(text: str) -> bytes:
    """Of any characters: UTF-16 with its mark, in hexadecimal."""
    return b"<FEFF" + text.encode("utf-16-be").hex().upper().encode() + b">"


def stream(entries: bytes, content: bytes) -> bytes:
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (entries, len(content), content)


def deflated(entries: bytes, content: bytes, level: int = 1) -> bytes:
    return stream(b"/Filter/FlateDecode" + entries, zlib.compress(content, level))


def indirect(place: int, body: bytes) -> bytes:
    return b"%d 0 obj\n%s\nendobj\n" % (place, body)
