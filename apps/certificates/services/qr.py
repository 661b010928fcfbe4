"""The code for the camera: its modules, and one SVG path of strokes one module wide, a stroke for each dark run."""

from itertools import groupby

import zxingcpp

QUIET_ZONE = 4
"""Modules of white around the code; the page leaves them."""


def qr_path(address: str) -> tuple[str, int]:
    """The path and the side of its square in modules, without the quiet zone."""
    rows = qr_matrix(address)
    return "".join(_runs(row, y) for y, row in enumerate(rows)), len(rows)


def qr_matrix(address: str) -> list[list[bool]]:
    """Rows of dark and light modules, error correction M.

    The fragment is base 32 and becomes an alphanumeric segment of its own: 5.5 bits a letter instead of 8.
    """
    code = zxingcpp.create_barcode(address, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    picture = memoryview(zxingcpp.write_barcode_to_image(code, scale=1, add_quiet_zones=False))
    return [[value == 0 for value in row] for row in picture.tolist()]


def _runs(row: list[bool], y: int) -> str:
    parts, x = [], 0
    for dark, modules in groupby(row):
        length = len(list(modules))
        if dark:
            parts.append(f"M{x} {y}.5h{length}")
        x += length
    return "".join(parts)
