"""Which changes of the register make another version of the certificate, and which make none."""

from datetime import UTC, date, datetime, timedelta

import pytest

from apps.certificates.enums import CertificateState
from apps.certificates.models import Certificate
from apps.core.actor import Actor
from apps.members.services import convert_membership, end_membership, move_membership
from apps.outbox import services as outbox
from apps.people.services import add_identity_document, confirm_details
from tests.factories import certificates as factory

NOW = datetime(2026, 11, 25, 6, 0, tzinfo=UTC)
ACTOR = Actor.system("test")
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("drawn_quickly")]


@pytest.fixture(autouse=True)
def _events_wait(monkeypatch):
    monkeypatch.setattr(outbox, "_wake_worker", lambda **_: None)


@pytest.fixture
def certificate():
    certificate = factory.make_certificate(now=NOW)
    deliver()
    return certificate


def deliver():
    outbox.deliver_due(clock=lambda: NOW + timedelta(days=3650))


def details(certificate, **changes):
    person = certificate.membership.person
    said = {"name": person.name, "sex": person.sex, "birth_on": person.birth_on} | changes
    confirm_details(actor=ACTOR, person_id=person.pk, now=NOW, **said)


def change_photo(certificate):
    factory.make_photo(certificate.membership.person, factory.portrait(suit="#702020"))


def move(certificate):
    factory.seal_keys(factory.SealBody("310000", "上海市注册会计师协会", "Shanghai Institute"))
    move_membership(
        actor=ACTOR, membership_id=certificate.membership_id, association_code="310000", on=NOW.date(), now=NOW
    )


@pytest.mark.parametrize(
    "change",
    [
        change_photo,
        lambda certificate: details(certificate, name="王苏芳"),
        lambda certificate: details(certificate, sex="male"),
        move,
    ],
    ids=["photo", "name", "sex", "association"],
)
def test_change_of_what_is_printed_makes_a_version_that_supersedes(certificate, change):
    change(certificate)
    deliver()
    certificate.refresh_from_db()
    newer = Certificate.objects.get(membership=certificate.membership, state=CertificateState.ISSUED)
    assert newer.version == certificate.version + 1
    assert (certificate.state, certificate.superseded_by_id) == (CertificateState.SUPERSEDED, newer.pk)
    deliver()
    assert Certificate.objects.count() == 2


def test_change_of_kind_and_number_makes_the_certificate_of_the_new_membership(certificate):
    converted = convert_membership(
        actor=ACTOR,
        person_id=certificate.membership.person_id,
        kind="practising",
        association_code="330000",
        effective_on=NOW.date(),
        number="330000120001",
        import_reference="import:test",
        now=NOW,
    )
    deliver()
    newer = Certificate.objects.get(membership=converted, state=CertificateState.ISSUED)
    assert newer.statement["kind"] == "practising"
    assert newer.statement["number"] == "330000120001"
    assert Certificate.objects.count() == 2


@pytest.mark.parametrize(
    "change",
    [
        lambda certificate: details(certificate, birth_on=date(1980, 1, 1)),
        lambda certificate: details(certificate, nationality="CHN"),
        lambda certificate: add_identity_document(
            actor=ACTOR,
            person_id=certificate.membership.person_id,
            type="passport",
            number="E12345678",
            country="CHN",
            now=NOW,
        ),
        lambda certificate: factory.make_photo(certificate.membership.person),
        lambda certificate: end_membership(
            actor=ACTOR, membership_id=certificate.membership_id, reason="withdrawn", on=NOW.date(), now=NOW
        ),
    ],
    ids=["birth", "nationality", "document", "same photo", "end"],
)
def test_change_of_anything_else_makes_none(certificate, change):
    change(certificate)
    deliver()
    certificate.refresh_from_db()
    assert certificate.state == CertificateState.ISSUED
    assert Certificate.objects.count() == 1


def test_move_to_the_same_association_changes_nothing(certificate):
    membership = certificate.membership
    by = {"actor": ACTOR, "membership_id": membership.pk, "on": NOW.date(), "now": NOW}
    move_membership(association_code="330000", **by)
    assert membership.periods.count() == 1


def test_change_after_the_end_makes_none(certificate):
    end_membership(actor=ACTOR, membership_id=certificate.membership_id, reason="withdrawn", on=NOW.date(), now=NOW)
    details(certificate, name="王苏芳")
    deliver()
    assert Certificate.objects.count() == 1
