"""A PDF that somebody holds: valid only as it was issued."""

from datetime import UTC, date, datetime, timedelta

import pytest

from apps.certificates.enums import VerdictWord as Word
from apps.certificates.services import issuing
from apps.documents.services import read_file
from apps.members.services import end_membership
from apps.verification.services import verdict_on_pdf
from tests.factories import certificates as factory

NOW = datetime(2026, 11, 25, 6, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def sealed_certificate():
    return factory.make_certificate(now=NOW)


def end(certificate, *, on=date(2026, 11, 25)):
    end_membership(actor=issuing.ISSUER, membership_id=certificate.membership_id, reason="expelled", on=on, now=NOW)


def test_file_as_issued_is_valid_and_one_changed_byte_is_found(sealed_certificate):
    content = read_file(sealed_certificate.file)
    assert verdict_on_pdf(content, now=NOW).word == Word.VALID
    changed = bytearray(content)
    changed[len(changed) // 2] ^= 1
    verdict = verdict_on_pdf(bytes(changed), now=NOW)
    assert verdict.word == Word.ALTERED
    assert verdict.shown is None


def test_file_of_an_ended_member_is_ended(sealed_certificate):
    end(sealed_certificate)
    assert verdict_on_pdf(read_file(sealed_certificate.file), now=NOW).word == Word.ENDED


def test_file_sealed_by_us_but_never_issued_is_unknown(sealed_certificate):
    twin = issuing.make_sealed_pdf(sealed_certificate, now=NOW + timedelta(seconds=1))
    assert verdict_on_pdf(twin.content, now=NOW + timedelta(seconds=1)).word == Word.UNKNOWN


def test_file_sealed_by_strangers_is_not_trusted(sealed_certificate, monkeypatch):
    twin = issuing.make_sealed_pdf(sealed_certificate, now=NOW + timedelta(seconds=1))
    monkeypatch.setattr("apps.certificates.services.checking.trust_roots", list)
    assert verdict_on_pdf(twin.content, now=NOW).word == Word.UNKNOWN_SIGNER


def test_file_that_is_no_pdf_cannot_be_read():
    assert verdict_on_pdf(b"GIF89a", now=NOW).word == Word.UNREADABLE
