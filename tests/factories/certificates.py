"""Statements, photos and seals for tests."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageDraw

from apps.certificates.selectors.codes import new_code
from apps.certificates.selectors.statements import Statement
from apps.certificates.services.page import SealBody
from apps.certificates.services.specimen_keys import make_specimen_keys

NATIONAL = SealBody("000000", "中国注册会计师协会", "The Chinese Institute of Certified Public Accountants")
ZHEJIANG = SealBody("330000", "浙江省注册会计师协会", "Zhejiang Institute of Certified Public Accountants")


def seal_keys(*bodies: SealBody) -> None:
    """Specimen keys of these bodies in the test run's own folder."""
    wanted = [(body.code, body.name) for body in (bodies or (ZHEJIANG, NATIONAL))]
    make_specimen_keys(Path(settings.SEALS_DIR), wanted, now=datetime.now(UTC))


def portrait() -> bytes:
    """An invented face, 178 × 220 pixels, as the register takes it."""
    picture = Image.new("RGB", (178, 220), "white")
    draw = ImageDraw.Draw(picture)
    draw.ellipse((-5, 160, 183, 330), fill="#33415c")
    draw.polygon([(70, 165), (108, 165), (89, 215)], fill="#f4f4f4")
    draw.rectangle((76, 130, 102, 170), fill="#e3b58f")
    draw.ellipse((54, 46, 124, 146), fill="#edc3a0")
    draw.pieslice((48, 30, 130, 120), 180, 360, fill="#22201f")
    out = BytesIO()
    picture.save(out, "JPEG", quality=90)
    return out.getvalue()


def statement(**changes) -> Statement:
    said = {
        "code": new_code(),
        "name": "王芳",
        "sex": "female",
        "kind": "non_practising",
        "number": "332026000001",
        "admitted_on": "2026-03-05",
        "association_code": "330000",
        "association_name": ZHEJIANG.name,
        "association_english_name": ZHEJIANG.english_name,
        "photo_sha256": "0" * 64,
        "issued_on": "2026-03-05",
    }
    return Statement(**said | changes)
