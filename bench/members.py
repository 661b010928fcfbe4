"""Invented members by the thousand: written in stretches past the services, and all that a certificate asks of them."""

import random
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

import pgtrigger
from django.conf import settings
from django.db import connection

from apps.certificates.enums import CertificateState
from apps.certificates.models import Certificate
from apps.certificates.selectors.codes import new_code
from apps.core.encryption import create_data_keys, seal
from apps.documents.models import StoredFile
from apps.members.models import Membership, MembershipPeriod
from apps.people.models import Person
from apps.people.selectors import name_index
from tests.factories.certificates import portrait, seal_keys

STRETCH = 1000
KIND, HOME = "non_practising", "330000"
ADMITTED, RECORDED = date(2025, 3, 5), datetime(2025, 3, 5, 2, tzinfo=UTC)
SURNAMES, GIVEN = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗", "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华建国志"


def name_from(some: random.Random) -> str:
    return some.choice(SURNAMES) + "".join(some.choices(GIVEN, k=some.choice([1, 2, 2])))


def build_members(count: int, *, seed: int = 1) -> None:
    """Members of one association and kind, each with a photo and a certificate in force that only its row tells of."""
    seal_keys()
    some = random.Random(seed)
    photos = [portrait(suit=f"#{some.randrange(2**24):06x}") for _number in range(20)]
    for begin in range(0, count, STRETCH):
        _write(range(begin, min(begin + STRETCH, count)), some, photos)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _write(numbers: range, some: random.Random, photos: list[bytes]) -> None:
    keys = create_data_keys(len(numbers))
    pictures = StoredFile.objects.bulk_create(_photo(key, some.choice(photos)) for key in keys)
    people = Person.objects.bulk_create(_person(*pair, name_from(some)) for pair in zip(keys, pictures, strict=True))
    members = Membership.objects.bulk_create(_member(*pair) for pair in zip(people, numbers, strict=True))
    MembershipPeriod.objects.bulk_create(map(_period, members))
    files = StoredFile.objects.bulk_create(map(_earlier_file, members))
    with pgtrigger.ignore("certificates.Certificate:state_starts"):
        Certificate.objects.bulk_create(_earlier(*pair) for pair in zip(members, files, strict=True))


def _photo(key, content: bytes) -> StoredFile:
    file = _file(key, "image/jpeg", "photo", content)
    path = Path(settings.STORAGES["default"]["OPTIONS"]["location"], file.path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(seal(key, content, f"documents.storedfile:{file.pk}"))
    return file


def _file(key, media_type: str, purpose: str, content: bytes) -> StoredFile:
    file = StoredFile(data_key=key, media_type=media_type, purpose=purpose, size=len(content), created_at=RECORDED)
    file.sha256, file.path = sha256(content).hexdigest(), f"{file.pk.hex[-2:]}/{file.pk.hex}"
    return file


def _person(key, photo: StoredFile, name: str) -> Person:
    return Person(data_key=key, name=name, name_index=name_index(name), sex="female", photo=photo, created_at=RECORDED)


def _member(person: Person, number: int) -> Membership:
    return Membership(
        person=person,
        kind=KIND,
        number=f"332025{number:06d}",
        admitted_on=ADMITTED,
        case=f"BENCH-{number}",
        recorded_at=RECORDED,
    )


def _period(member: Membership) -> MembershipPeriod:
    return MembershipPeriod(
        membership=member,
        person=member.person,
        status="active",
        association_id=HOME,
        valid_from=ADMITTED,
        recorded_at=RECORDED,
    )


def _earlier_file(member: Membership) -> StoredFile:
    return _file(member.person.data_key, "application/pdf", "certificate", member.number.encode())


def _earlier(member: Membership, file: StoredFile) -> Certificate:
    return Certificate(
        code=new_code(),
        membership=member,
        data_key=member.person.data_key,
        version=1,
        statement={},
        statement_hash="",
        state=CertificateState.ISSUED,
        requested_at=RECORDED,
        issued_at=RECORDED,
        file=file,
        sha256=file.sha256,
    )
