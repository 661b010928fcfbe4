"""The code for the camera: one SVG path of strokes one module wide, a stroke for each run of dark modules."""

from itertools import groupby

import qrcode
from qrcode.util import MODE_8BIT_BYTE, MODE_ALPHA_NUM, QRData

QUIET_ZONE = 4
"""Modules of white around the code; the page leaves them."""


def qr_path(address: str) -> tuple[str, int]:
    """The path and the side of its square in modules, without the quiet zone."""
    rows = qr_matrix(address)
    return "".join(_runs(row, y) for y, row in enumerate(rows)), len(rows)


def qr_matrix(address: str) -> list[list[bool]]:
    """Rows of dark and light modules, error correction M.

    The fragment is base 32 and gets an alphanumeric segment of its own: 5.5 bits a letter instead of 8.
    """
    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, border=0)
    page, hash_sign, fragment = address.partition("#")
    code.add_data(QRData((page + hash_sign).encode(), mode=MODE_8BIT_BYTE), optimize=0)
    if fragment:
        code.add_data(QRData(fragment, mode=MODE_ALPHA_NUM), optimize=0)
    code.make(fit=True)
    return code.get_matrix()


def _runs(row: list[bool], y: int) -> str:
    parts, x = [], 0
    for dark, modules in groupby(row):
        length = len(list(modules))
        if dark:
            parts.append(f"M{x} {y}.5h{length}")
        x += length
    return "".join(parts)
