"""What anybody learns: the right word for every case, of the person no more than may be shown, fixed work."""

from datetime import UTC, date, datetime, timedelta

import pytest

from apps.certificates.enums import VerdictWord as Word
from apps.certificates.selectors import verdict_for_member
from apps.certificates.selectors.codes import is_code, new_code, normalise_code
from apps.certificates.services import issue_certificate, issuing
from apps.members.services import end_membership
from apps.verification.selectors import verdict_for_code
from tests.factories import certificates as factory

NOW = datetime(2026, 11, 25, 6, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def certificate(drawn_quickly):
    return factory.make_certificate(now=NOW)


def word(certificate, *, now=NOW) -> Word:
    return verdict_for_code(certificate.code, now=now).word


def end(certificate, *, on=date(2026, 11, 25)):
    end_membership(actor=issuing.ISSUER, membership_id=certificate.membership_id, reason="expelled", on=on, now=NOW)


def test_certificate_in_force_is_valid_and_shows_little(certificate):
    verdict = verdict_for_code(certificate.code, now=NOW)
    assert verdict.word == Word.VALID
    assert all(line.holds for line in verdict.lines)
    assert len(verdict.lines) == 4
    assert verdict.shown.masked_name == "王*"
    assert verdict.shown.admitted_on == date(2024, 5, 6)
    assert certificate.membership.number not in repr(verdict)
    assert "王芳" not in repr(verdict)


def test_membership_that_ended_ends_the_certificate_on_its_day_and_says_no_reason(certificate):
    end(certificate, on=date(2026, 11, 26))
    assert word(certificate) == Word.VALID
    tomorrow = verdict_for_code(certificate.code, now=NOW + timedelta(days=1))
    assert (tomorrow.word, tomorrow.on) == (Word.ENDED, date(2026, 11, 26))
    assert "除名" not in repr(tomorrow)


def test_older_version_is_superseded_and_after_the_end_ended(certificate):
    factory.make_photo(certificate.membership.person, factory.portrait(suit="#702020"))
    newer = issue_certificate(certificate.membership_id, now=NOW)
    verdict = verdict_for_code(certificate.code, now=NOW)
    assert (verdict.word, verdict.on) == (Word.SUPERSEDED, date(2026, 11, 25))
    assert word(newer) == Word.VALID
    end(certificate)
    assert word(certificate) == word(newer) == Word.ENDED


def test_membership_that_starts_later_is_not_yet_valid(drawn_quickly):
    certificate = factory.make_certificate(effective_on=date(2026, 12, 1), now=NOW)
    verdict = verdict_for_code(certificate.code, now=NOW)
    assert (verdict.word, verdict.on) == (Word.NOT_YET, date(2026, 12, 1))
    assert word(certificate, now=NOW + timedelta(days=6)) == Word.VALID


@pytest.mark.parametrize("code", ["", "x", "0" * 26, "🙂" * 26, "0" * 500])
def test_strange_code_is_unknown(code):
    verdict = verdict_for_code(code, now=NOW)
    assert verdict.word == Word.UNKNOWN
    assert verdict.shown is None


def test_certificate_still_in_the_making_is_unknown_to_the_public():
    requested = issuing.request_certificate(factory.make_certifiable_member().pk, now=NOW)
    assert word(requested) == Word.UNKNOWN


def test_code_is_read_as_people_type_it(certificate):
    code = certificate.code
    typed = [code.lower(), " ".join(code), code.replace("0", "O").replace("1", "l"), code.replace("1", "I"), f"{code}-"]
    for form in typed:
        assert verdict_for_code(form, now=NOW).word == Word.VALID


def test_new_codes_have_the_shape_and_full_width_is_read():
    code = new_code()
    assert is_code(code)
    assert normalise_code("".join(chr(ord(character) + 0xFEE0) for character in code)) == code


def test_check_by_code_asks_the_database_a_fixed_number_of_times(certificate, django_assert_num_queries):
    with django_assert_num_queries(3):
        verdict_for_code(certificate.code, now=NOW)


def test_number_and_name_together_find_the_member(certificate):
    membership = certificate.membership
    spaced = " ".join(membership.number)
    verdict = verdict_for_member(kind=membership.kind, number=spaced, name="王 芳", now=NOW)
    assert verdict.word == Word.VALID
    assert verdict.code == ""


def test_unknown_number_and_wrong_name_answer_alike(certificate, django_assert_num_queries):
    membership = certificate.membership
    with django_assert_num_queries(1) as wrong_name:
        first = verdict_for_member(kind=membership.kind, number=membership.number, name="李娜", now=NOW)
    with django_assert_num_queries(1) as unknown_number:
        second = verdict_for_member(kind=membership.kind, number="999999999999", name="王芳", now=NOW)
    assert first == second
    assert first.word == Word.NO_MATCH
    assert len(wrong_name) == len(unknown_number)


def test_erased_person_is_not_shown(certificate):
    key = certificate.data_key
    type(key).objects.filter(pk=key.pk).update(wrapped=None, destroyed_at=NOW)
    verdict = verdict_for_code(certificate.code, now=NOW)
    assert verdict.shown is None
    assert verdict.lines
