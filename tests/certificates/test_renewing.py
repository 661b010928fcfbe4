"""What a certificate says has changed: a new one supersedes it. What it does not say changes nothing."""

from datetime import UTC, datetime

import pytest

from apps.certificates.enums import CertificateState
from apps.certificates.models import Certificate
from apps.core.actor import Actor
from apps.documents.services import store_file
from apps.members.enums import EndReason
from apps.members.services import end_membership
from apps.outbox import services as outbox
from apps.people.services import confirm_details, set_photo
from tests.factories import certificates as factory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 25, 6, 0, tzinfo=UTC)
SYSTEM = Actor.system("test")


@pytest.fixture(autouse=True)
def _events_wait(monkeypatch):
    monkeypatch.setattr(outbox, "_wake_worker", lambda: None)


@pytest.fixture
def certificate(drawn_quickly):
    certificate = factory.make_certificate(now=NOW)
    outbox.deliver_due(clock=lambda: NOW)
    return certificate


def say(person, **changes):
    details = {"name": person.name, "sex": person.sex, "birth_on": person.birth_on, "nationality": person.nationality}
    confirm_details(actor=SYSTEM, person_id=person.pk, **{**details, **changes}, now=NOW)


def versions(certificate):
    outbox.deliver_due(clock=lambda: NOW)
    return list(
        Certificate.objects.filter(membership=certificate.membership)
        .order_by("version")
        .values_list("state", flat=True)
    )


@pytest.mark.parametrize("changes", [{"name": "王芬"}, {"sex": "male"}])
def test_new_details_make_a_new_certificate(certificate, changes):
    say(certificate.membership.person, **changes)
    assert versions(certificate) == [CertificateState.SUPERSEDED, CertificateState.ISSUED]


def test_new_photo_makes_a_new_certificate(certificate):
    person = certificate.membership.person
    file = store_file(
        content=factory.portrait("#7a2f2f"), media_type="image/jpeg", purpose="test", data_key=person.data_key, now=NOW
    )
    set_photo(actor=SYSTEM, person_id=person.pk, stored_file=file, now=NOW)
    assert versions(certificate) == [CertificateState.SUPERSEDED, CertificateState.ISSUED]


def test_what_a_certificate_does_not_say_changes_nothing(certificate):
    say(certificate.membership.person, nationality="SGP")
    assert versions(certificate) == [CertificateState.ISSUED]


def test_nothing_new_is_made_after_the_end(certificate):
    end_membership(
        actor=SYSTEM, membership_id=certificate.membership_id, reason=EndReason.WITHDRAWN, on=NOW.date(), now=NOW
    )
    say(certificate.membership.person, name="王芬")
    assert versions(certificate) == [CertificateState.ISSUED]
