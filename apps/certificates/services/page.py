"""The page of a certificate: what a statement says, set in print."""

import base64
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from apps.certificates.selectors.codes import grouped_code
from apps.certificates.selectors.statements import Statement
from apps.certificates.services.guilloche import frame_path, rosette_path
from apps.certificates.services.layers import lay_under
from apps.certificates.services.qr import QUIET_ZONE, qr_path
from apps.certificates.services.seal_drawing import DIAMETER, RING, ring_radius, seal_path
from apps.core.errors import PortalError
from apps.documents.services import missing_characters, render_pdf

TEMPLATE = "documents/certificates/certificate.html"
STYLESHEET = "documents/certificates/certificate.css"
SEAL_CENTRE_Y = 156.0
SEAL_PLACES = {"first": 183.0, "second": 238.0}
"""Centres of the seals on the page, in millimetres; a body that seals alone takes the second place."""
QR_SIDE = 32.0


class MissingGlyphs(PortalError):
    """No installed font has these characters: an empty box is never printed."""

    code = "missing_glyphs"

    def __init__(self, characters: list[str]):
        self.characters = characters
        named = "、".join(f"{character} (U+{ord(character):04X})" for character in characters)
        super().__init__(_("没有字体能显示 %(characters)s。请安装含有该字的字体后重试。") % {"characters": named})


@dataclass(frozen=True)
class SealBody:
    """A body that seals the certificate, as its seal and the line beneath name it."""

    code: str
    name: str
    english_name: str


def render_certificate(statement: Statement, photo: bytes, bodies: list[SealBody], *, specimen: bool) -> bytes:
    """The unsealed PDF. Raises MissingGlyphs before anything is drawn.

    The ground, the same for every member of an association and kind, is drawn once a process and laid under.
    """
    refuse_missing_glyphs(statement, bodies)
    member = printed(member_context(statement, photo, bodies))
    return lay_under(member, ground(statement.kind, tuple(bodies), specimen))


def printed(context: dict) -> bytes:
    return render_pdf(TEMPLATE, context, language="zh-hans", stylesheet=STYLESHEET)


def refuse_missing_glyphs(statement: Statement, bodies: list[SealBody]) -> None:
    """Raises MissingGlyphs.

    A character of private use has a glyph in some fonts, in each another one: that would be guessing.
    """
    text = "".join([*statement.texts(), *(body.name for body in bodies)])
    private = [character for character in dict.fromkeys(text) if unicodedata.category(character) == "Co"]
    if missing := [*private, *missing_characters(text)]:
        raise MissingGlyphs(list(dict.fromkeys(missing)))


def whole_page_context(statement: Statement, photo: bytes, bodies: list[SealBody], *, specimen: bool) -> dict:
    """For the same page without the short cut: what the benchmark measures against."""
    return _ground_context(statement.kind, tuple(bodies), specimen) | member_context(statement, photo, bodies)


@lru_cache(maxsize=80)
def ground(kind: str, bodies: tuple[SealBody, ...], specimen: bool) -> bytes:
    return printed(_ground_context(kind, bodies, specimen))


def _ground_context(kind: str, bodies: tuple[SealBody, ...], specimen: bool) -> dict:
    places = seal_places(len(bodies))
    return {
        "ground": True,
        "page": kind_words(kind),
        "home": bodies[0],
        "alone": len(bodies) == 1,
        "art": _art(),
        "seals": [_seal(body, place) for body, place in zip(bodies, places, strict=True)],
        "specimen": specimen,
    }


def member_context(statement: Statement, photo: bytes, bodies: list[SealBody]) -> dict:
    path, side = qr_path(check_address(statement))
    return {
        "member": True,
        "statement": statement,
        "page": kind_words(statement.kind) | words_of(statement),
        "alone": len(bodies) == 1,
        "photo": f"data:image/jpeg;base64,{base64.b64encode(photo).decode()}",
        "qr": {"path": path, "module": f"{QR_SIDE / side:.4f}", "side_with_margin": side + 2 * QUIET_ZONE},
    }


def check_address(statement: Statement) -> str:
    """What the camera reads. What stands behind the `#` never reaches the server: it is for the page alone."""
    address = f"{settings.PUBLIC_URL}/v/{statement.code}"
    return f"{address}#{statement.token}" if statement.token else address


def seal_places(count: int) -> list[str]:
    return ["second"] if count == 1 else ["first", "second"]


def seal_boxes(count: int) -> list[tuple[float, float, float, float]]:
    """Where the seals stand, in points from the lower left: the signatures' fields cover them."""
    point, radius = 72 / 25.4, DIAMETER / 2
    centres = [(SEAL_PLACES[place], 210.0 - SEAL_CENTRE_Y) for place in seal_places(count)]
    return [tuple(round(v * point, 2) for v in (x - radius, y - radius, x + radius, y + radius)) for x, y in centres]


def _seal(body: SealBody, place: str) -> dict:
    return {
        "name": body.name,
        "path": seal_path(body.name),
        "ring_radius": ring_radius(),
        "ring": RING,
        "x": SEAL_PLACES[place],
        "y": SEAL_CENTRE_Y,
    }


def _art() -> dict:
    return {
        "frame_outer": frame_path(297, 210, 13.2, 4.3, 6),
        "frame_inner": frame_path(297, 210, 13.2, 2.2, 4),
        "corners": ["13.2 13.2", "283.8 13.2", "13.2 196.8", "283.8 196.8"],
        "corner_rosette": rosette_path(5.8, 1.6, 17, 5),
        "centre_outer": rosette_path(52, 30, 31, 7),
        "centre_inner": rosette_path(29, 12, 23, 7),
    }


def kind_words(kind: str) -> dict:
    practising = kind == "practising"
    return {
        "title": "执业会员证" if practising else "非执业会员证",
        "english_title": f"Certificate of {'Practising' if practising else 'Non-practising'} Membership",
        "kind": "执业会员" if practising else "非执业会员",
        "english_kind": "CPA (practising member)" if practising else "Non-practising member",
        "verify_address": f"{urlsplit(settings.PUBLIC_URL).netloc}/verify/",
    }


def words_of(statement: Statement) -> dict:
    female = statement.sex == "female"
    admitted_on, issued_on = (date.fromisoformat(day) for day in (statement.admitted_on, statement.issued_on))
    return {
        "sex": "女" if female else "男",
        "english_sex": "Female" if female else "Male",
        "number": grouped_code(statement.number),
        "name_class": name_class(statement.name),
        "admitted_on": chinese_date(admitted_on),
        "english_admitted_on": f"{admitted_on.day} {admitted_on:%B %Y}",
        "issued_on": chinese_date(issued_on),
        "code": grouped_code(statement.code),
    }


def name_class(name: str) -> str:
    """The size of a name by its length, so that fifty characters still fit their line."""
    steps = ((4, "name-xs"), (9, "name-s"), (14, "name-m"), (36, "name-l"))
    return next((size for longest, size in steps if len(name) <= longest), "name-xl")


def chinese_date(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
