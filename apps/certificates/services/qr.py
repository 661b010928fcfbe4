"""The code for the camera: one SVG path of strokes one module wide, a stroke for each run of dark modules."""

from itertools import groupby

import qrcode

QUIET_ZONE = 4
"""Modules of white around the code; the page leaves them."""


def qr_path(text: str) -> tuple[str, int]:
    """The path and the side of its square in modules, without the quiet zone."""
    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, border=0)
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    return "".join(_runs(row, y) for y, row in enumerate(rows)), len(rows)


def _runs(row: list[bool], y: int) -> str:
    parts, x = [], 0
    for dark, modules in groupby(row):
        length = len(list(modules))
        if dark:
            parts.append(f"M{x} {y}.5h{length}")
        x += length
    return "".join(parts)
