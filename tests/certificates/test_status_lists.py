"""Status lists: the register's answer in two bits, signed and dated, telling nothing else."""

import gzip
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.cache import cache
from django.utils.timezone import now as present

from apps.certificates.enums import DocumentStanding
from apps.certificates.models import StatusEntry
from apps.certificates.registry import _sources, tells_standings
from apps.certificates.selectors import published_keys, status_lists
from apps.certificates.services import draw_status_entry, issue_certificate, issuing, signed_status_list, status_cache
from apps.certificates.services.status_lists import make_status_list
from apps.members.models import MembershipPeriod
from apps.members.services import end_membership, void_membership
from apps.verification.selectors import verdict_for_code
from tests.factories import certificates as factory
from tests.support.verifier import verifier

NOW = datetime(2026, 11, 25, 6, 0, tzinfo=UTC)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("drawn_quickly")]


@pytest.fixture(autouse=True)
def _no_list_from_before():
    cache.clear()


@pytest.fixture
def certificate():
    return factory.make_certificate(now=NOW)


def read(number=1, *, now=NOW):
    return verifier.read_status_list(make_status_list(number, now=now))


def standing(certificate, *, now=NOW) -> str:
    return read(now=now).standing(certificate.status_entry.position)


def suspend(membership):
    period = MembershipPeriod.objects.get(membership=membership, superseded_at=None)
    MembershipPeriod.objects.filter(pk=period.pk).update(superseded_at=present())
    period.pk, period.status, period.recorded_at = None, "suspended", present()
    MembershipPeriod.objects.create(
        **{f.attname: getattr(period, f.attname) for f in period._meta.fields if f.name != "id"}
    )


def end(certificate, *, on=date(2026, 11, 25)):
    end_membership(actor=issuing.ISSUER, membership_id=certificate.membership_id, reason="expelled", on=on, now=NOW)


def test_list_says_what_the_register_says_on_the_day(certificate):
    assert standing(certificate) == "valid"
    end(certificate, on=date(2026, 11, 26))
    assert standing(certificate) == "valid"
    assert standing(certificate, now=NOW + timedelta(days=1)) == "revoked"


def test_older_version_is_superseded_and_after_the_end_revoked(certificate):
    factory.make_photo(certificate.membership.person, factory.portrait(suit="#702020"))
    newer = issue_certificate(certificate.membership_id, now=NOW)
    assert (standing(certificate), standing(newer)) == ("superseded", "valid")
    end(certificate)
    assert (standing(certificate), standing(newer)) == ("revoked", "revoked")


def test_suspension_shows_on_every_version(certificate):
    suspend(certificate.membership)
    assert standing(certificate) == "suspended"


def test_membership_that_starts_later_is_valid_here_and_dated_in_the_token():
    certificate = factory.make_certificate(effective_on=date(2026, 12, 1), now=NOW)
    assert standing(certificate) == "valid"


def test_undone_admission_is_revoked(certificate):
    void_membership(actor=issuing.ISSUER, membership_id=certificate.membership_id, now=NOW)
    assert standing(certificate) == "revoked"


WORDS = {"valid": {"valid", "not_yet"}, "suspended": {"suspended"}, "superseded": {"superseded"}}


def test_list_and_live_verdict_agree_on_every_certificate():
    cases = [factory.make_certificate(now=NOW) for _each in range(3)]
    cases.append(factory.make_certificate(effective_on=date(2026, 12, 1), now=NOW))
    suspend(cases[0].membership)
    end(cases[1])
    factory.make_photo(cases[2].membership.person, factory.portrait(suit="#702020"))
    cases.append(issue_certificate(cases[2].membership_id, now=NOW))
    for day in (NOW, NOW + timedelta(days=10)):
        listed = read(now=day)
        for each in cases:
            live = verdict_for_code(each.code, now=day).word
            assert live in WORDS.get(listed.standing(each.status_entry.position), {"ended", "void"})


def test_everything_that_is_nobodys_reads_as_valid(certificate):
    end(certificate)
    others = read().bits[: certificate.status_entry.position >> 2]
    assert not any(others)
    assert sum(map(int.bit_count, read().bits)) == 2


def test_list_is_signed_and_dated(certificate):
    listed, keys = read(), verifier.read_keys(_keys())
    assert (listed.number, listed.size) == (1, 2**17)
    assert listed.issued_at == NOW
    assert listed.next_update == NOW + timedelta(hours=24)
    assert verifier.list_is_genuine(listed, keys)


def _keys() -> str:
    import json

    return json.dumps(published_keys(now=NOW))


def test_list_takes_a_fixed_number_of_questions(django_assert_num_queries):
    for _each in range(3):
        end(factory.make_certificate(now=NOW))
    with django_assert_num_queries(2):
        make_status_list(1, now=NOW)


def test_change_is_in_the_list_within_a_minute(certificate):
    position = certificate.status_entry.position
    assert standing_of(signed_status_list(1, now=NOW), position) == "valid"
    end(certificate)
    assert standing_of(signed_status_list(1, now=NOW + timedelta(seconds=59)), position) == "valid"
    assert standing_of(signed_status_list(1, now=NOW + timedelta(seconds=61)), position) == "revoked"


def standing_of(content: bytes, position: int) -> str:
    return verifier.read_status_list(content).standing(position)


def test_one_makes_the_list_while_the_others_hand_out_the_one_before(certificate):
    before, later = signed_status_list(1, now=NOW), NOW + timedelta(seconds=90)
    assert status_cache.kept_list(1, now=later) is None, "the first to come makes it"
    assert status_cache.kept_list(1, now=later) == before
    assert status_cache.kept_list(1, now=NOW + timedelta(minutes=11)) is None


def test_list_of_no_number_is_none(certificate):
    assert signed_status_list(0, now=NOW) is None
    assert signed_status_list(2, now=NOW) is None


def test_other_documents_tell_their_standing(certificate):
    entry = draw_status_entry()

    def letters(list_number, *, now):
        return [(entry.position, DocumentStanding.SUSPENDED)] if list_number == entry.list_number else []

    try:
        tells_standings(letters)
        assert read().standing(entry.position) == "suspended"
    finally:
        _sources.popitem()


def test_list_has_no_trace_of_people(certificate):
    content = gzip.decompress(make_status_list(1, now=NOW))
    for secret in (certificate.code, certificate.membership.number, "王芳"):
        assert secret.encode() not in content


def test_places_are_never_given_twice_or_moved(certificate):
    from django.db import InternalError, transaction

    with pytest.raises(InternalError), transaction.atomic():
        StatusEntry.objects.update(position=7)
    assert status_lists.last_list_number() == 1
