"""Statements, photos and seals for tests."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageDraw

from apps.certificates.enums import SealLevel
from apps.certificates.selectors.codes import new_code
from apps.certificates.selectors.statements import Statement
from apps.certificates.services import issue_certificate
from apps.certificates.services.page import SealBody
from apps.certificates.services.seal_keys import seal_key
from apps.certificates.services.sealing import SealedPdf
from apps.certificates.services.specimen_keys import make_specimen_keys
from apps.core.actor import Actor
from apps.core.clock import now as present
from apps.documents.services import store_file
from apps.people.services import set_photo
from tests.factories.members import make_member
from tests.factories.people import make_person

KEYS_MADE = datetime(2026, 1, 1, tzinfo=UTC)
ADMITTED = datetime(2026, 3, 5, 2, 0, tzinfo=UTC)
NATIONAL = SealBody("000000", "中国注册会计师协会", "The Chinese Institute of Certified Public Accountants")
ZHEJIANG = SealBody("330000", "浙江省注册会计师协会", "Zhejiang Institute of Certified Public Accountants")


def seal_keys(*bodies: SealBody) -> None:
    """Specimen keys of these bodies in the test run's own folder."""
    wanted = [(body.code, body.name) for body in (bodies or (ZHEJIANG, NATIONAL))]
    make_specimen_keys(Path(settings.SEALS_DIR), wanted, now=KEYS_MADE)


def unsealed(content: bytes, *, now) -> SealedPdf:
    """What a test takes for a sealed document where only what happens around it matters."""
    keys = (seal_key(ZHEJIANG.code), seal_key(NATIONAL.code))
    return SealedPdf(content, keys, now, SealLevel.BASIC, SealLevel.BASIC)


def portrait(suit="#33415c") -> bytes:
    """An invented face, 178 × 220 pixels, as the register takes it."""
    picture = Image.new("RGB", (178, 220), "white")
    draw = ImageDraw.Draw(picture)
    draw.ellipse((-5, 160, 183, 330), fill=suit)
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


def make_photo(person, content=None):
    """Give a person a portrait."""
    now = present()
    file = store_file(
        content=content or portrait(), media_type="image/jpeg", purpose="photo", data_key=person.data_key, now=now
    )
    return set_photo(actor=Actor.system("test"), person_id=person.pk, stored_file=file, now=now)


def make_certifiable_member(name="王芳", kind="non_practising", sex="female", **changes):
    """A member of whom the register knows all that a certificate shows; keys for the seals are there."""
    seal_keys(ZHEJIANG, NATIONAL)
    person = make_person(name, sex=sex)
    make_photo(person)
    return make_member(person, kind=kind, **{"now": ADMITTED} | changes)


def make_certificate(membership=None, *, now=None, **changes):
    """An issued certificate."""
    return issue_certificate((membership or make_certifiable_member(**changes)).pk, now=now or present())
