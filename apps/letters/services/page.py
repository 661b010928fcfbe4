"""The page of a letter: what a statement says, set in print."""

from datetime import date
from urllib.parse import urlsplit

from django.conf import settings

from apps.associations.selectors import national_body
from apps.certificates.selectors import grouped_code
from apps.certificates.services import MissingGlyphs
from apps.certificates.services.qr import QUIET_ZONE, qr_path
from apps.certificates.services.seal_drawing import DIAMETER, RING, ring_radius, seal_path
from apps.documents.services import render_pdf
from apps.letters.selectors.statement import Statement
from apps.letters.services.glyphs import unprintable

TEMPLATE = "documents/letters/letter.html"
STYLESHEET = "documents/letters/letter.css"
PAGE_HEIGHT = 297.0
SEAL_CENTRE = (146.0, 236.0)
"""Millimetres from the upper left of the page."""
SEAL_LINE = "证明专用章"
QR_SIDE = 24.0


def render_letter(statement: Statement, *, specimen: bool) -> bytes:
    """The unsealed PDF. Raises MissingGlyphs before anything is drawn."""
    if missing := unprintable("".join(statement.texts())):
        raise MissingGlyphs(missing)
    return render_pdf(TEMPLATE, _context(statement, specimen), language="en", stylesheet=STYLESHEET)


def seal_box() -> tuple[float, float, float, float]:
    """Where the seal stands, in points from the lower left: the signature's field covers it."""
    point, radius, (x, y) = 72 / 25.4, DIAMETER / 2, SEAL_CENTRE
    low = PAGE_HEIGHT - y
    return tuple(round(v * point, 2) for v in (x - radius, low - radius, x + radius, low + radius))


def _context(statement: Statement, specimen: bool) -> dict:
    body = national_body()
    path, side = qr_path(f"{settings.PUBLIC_URL}/v/{statement.code}")
    return {
        "statement": statement,
        "body": body,
        "issued_on": english_date(statement.issued_on),
        "valid_until": english_date(statement.valid_until),
        "is_status": statement.kind == "status",
        "density": _density(statement),
        "code": grouped_code(statement.code),
        "verify_address": f"{urlsplit(settings.PUBLIC_URL).netloc}/verify/",
        "specimen": specimen,
        "seal": {
            "path": seal_path(body.name, SEAL_LINE),
            "ring_radius": ring_radius(),
            "ring": RING,
            "x": SEAL_CENTRE[0],
            "y": SEAL_CENTRE[1],
        },
        "qr": {"path": path, "module": f"{QR_SIDE / side:.4f}", "side_with_margin": side + 2 * QUIET_ZONE},
    }


def _density(statement: Statement) -> str:
    """The size of the statements by their length, so that the longest still ends above the signature."""
    length = sum(len(line) for line in (*(finding["text"] for finding in statement.findings), *statement.extras))
    return next((size for most, size in ((750, ""), (1250, "long")) if length <= most), "dense")


def english_date(day: str) -> str:
    read = date.fromisoformat(day)
    return f"{read.day} {read:%B %Y}"
