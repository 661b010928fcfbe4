"""A Compact Font Format program of a handful of glyphs, CID-keyed (Adobe Technical Note 5176).

Written by hand because a subset of a font with 65,000 glyphs costs more than all the rest of a certificate.
"""

import struct

_NAME, _STRINGS = b"CertificateGlyphs", (b"Adobe", b"Identity")
_PRIVATE = b"\x8b\x14\x8b\x15"
"""defaultWidthX 0 and nominalWidthX 0: every charstring says its own width."""
_NOTDEF = b"\xf8\x88\x0e"
"""Of width 500, without an outline."""
_CID_COUNT = 65535


def font_program(charstrings_by_cid: dict[int, bytes]) -> bytes:
    """CID 0, the glyph that is missing, is added."""
    cids = sorted(charstrings_by_cid)
    charset = b"\x00" + b"".join(struct.pack(">H", cid) for cid in cids)
    selection = struct.pack(">BHHBH", 3, 1, 0, 0, len(cids) + 1)
    charstrings = _index([_NOTDEF, *(charstrings_by_cid[cid] for cid in cids)])
    start = _index([_NAME])
    strings = _index(_STRINGS) + _index(())
    top_size = len(_index([_top(0, 0, 0, 0)]))
    place = 4 + len(start) + top_size + len(strings)
    charset_at, selection_at = place, place + len(charset)
    charstrings_at = selection_at + len(selection)
    private_at = charstrings_at + len(charstrings)
    fonts_at = private_at + len(_PRIVATE)
    top = _index([_top(charset_at, selection_at, charstrings_at, fonts_at)])
    fonts = _index([_integer(len(_PRIVATE)) + _integer(private_at) + b"\x12"])
    header = bytes((1, 0, 4, 4))
    return b"".join((header, start, top, strings, charset, selection, charstrings, _PRIVATE, fonts))


def _top(charset: int, selection: int, charstrings: int, fonts: int) -> bytes:
    return b"".join(
        (
            _integer(391) + _integer(392) + _integer(0) + b"\x0c\x1e",  # ROS: Adobe, Identity, 0
            _integer(_CID_COUNT) + b"\x0c\x22",
            _integer(charset) + b"\x0f",
            _integer(selection) + b"\x0c\x25",
            _integer(charstrings) + b"\x11",
            _integer(fonts) + b"\x0c\x24",
        )
    )


def _integer(value: int) -> bytes:
    """Always of five bytes, so that a table's size does not depend on where it points."""
    return b"\x1d" + struct.pack(">i", value)


def _index(items) -> bytes:
    if not items:
        return b"\x00\x00"
    offsets, total = [1], 1
    for item in items:
        total += len(item)
        offsets.append(total)
    return struct.pack(f">HB{len(offsets)}I", len(items), 4, *offsets) + b"".join(items)
