"""Laying one printed page under another."""

from io import BytesIO

import pikepdf


def lay_under(page: bytes, ground: bytes) -> bytes:
    """`page` with the first page of `ground` beneath it; metadata, title and colour profile are those of `page`."""
    out = BytesIO()
    with pikepdf.open(BytesIO(page)) as document, pikepdf.open(BytesIO(ground)) as below:
        document.pages[0].add_underlay(below.pages[0])
        document.save(out)
    return out.getvalue()
