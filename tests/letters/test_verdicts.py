"""Checking a letter: live, in both languages, saying no more of the person than a certificate's check does."""

from datetime import timedelta

import pytest
from django.utils.translation import override

from apps.certificates.enums import Document, VerdictWord
from apps.core.encryption import destroy_data_key
from apps.letters.enums import State
from apps.letters.models import Letter
from apps.letters.selectors import verdict_for_letter_code, verdict_for_letter_file
from apps.letters.services import cancel_letter
from apps.members.enums import MembershipStatus
from apps.members.models import Membership
from apps.members.services import end_membership
from apps.members.services.periods import change_from
from apps.people.services import confirm_details
from apps.standing.services import end_member_record, withdraw_member_record
from apps.verification.selectors import verdict_for_code, verdict_for_file
from tests.factories.accounts import make_actor
from tests.factories.letters import NOW, asker_of, by, make_asker, make_letter
from tests.factories.members import SYSTEM
from tests.factories.standing import make_member_record

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("drawn_quickly")]

LATER = NOW + timedelta(days=10)
Word = VerdictWord


def word(letter, now=LATER) -> Word:
    by_code = verdict_for_letter_code(letter.code, now=now)
    assert verdict_for_letter_file(letter.sha256, now=now).word == by_code.word
    assert (verdict_for_code(letter.code, now=now), verdict_for_file(letter.sha256, now=now).word) == (
        by_code,
        by_code.word,
    )
    return by_code.word


def test_letter_is_valid_on_its_last_day_and_expired_on_the_next():
    letter = make_letter()
    end = NOW + timedelta(days=90)
    assert word(letter, end) == Word.VALID
    assert word(letter, end + timedelta(days=1)) == Word.EXPIRED


def test_code_is_read_however_it_is_typed_and_unknown_ones_are_nobodys():
    letter = make_letter()
    assert verdict_for_letter_code(f" {letter.code[:5].lower()} - {letter.code[5:]}", now=LATER).word == Word.VALID
    assert verdict_for_letter_code("0" * 26, now=LATER) is None
    assert verdict_for_letter_file("0" * 64, now=LATER) is None


@pytest.mark.parametrize("state", [State.APPROVED, State.REQUESTED])
def test_letter_that_was_never_issued_is_unknown_to_everybody(state):
    letter = make_letter(state)
    assert letter.code == "" or verdict_for_letter_code(letter.code, now=LATER) is None


def suspend(letter):
    change_from(letter.membership, LATER.date(), status=MembershipStatus.SUSPENDED, case="S-1", now=LATER)


def end(letter):
    given = {"actor": SYSTEM, "membership_id": letter.membership_id, "reason": "withdrawn"}
    end_membership(**given, on=LATER.date(), now=LATER)


def rename(letter):
    person = letter.person
    confirm_details(actor=SYSTEM, person_id=person.pk, name="王大明", sex="male", birth_on=person.birth_on, now=LATER)


def record(outcome):
    return lambda letter: make_member_record(letter.person_id, outcome, now=LATER)


@pytest.mark.parametrize(
    "change",
    [suspend, end, rename, *map(record, ("condemned", "criticised", "investigation", "failed", "owed"))],
    ids=["suspended", "ended", "renamed", "condemned", "criticised", "investigation", "check failed", "dues owed"],
)
def test_change_of_standing_is_said_at_once_without_a_reason(change):
    letter = make_letter()
    change(Letter.objects.select_related("membership", "person__data_key").get(pk=letter.pk))
    assert word(letter, LATER + timedelta(seconds=1)) == Word.CHANGED
    for language in ("zh-hans", "en"):
        with override(language):
            said = " ".join(line.text for line in verdict_for_letter_code(letter.code, now=LATER).lines)
        assert not any(secret in said for secret in ("谴责", "condemn", "withdraw", "退会", "投", "investigat"))


@pytest.mark.parametrize("outcome", ["passed", "hours", "paid", "admonished"])
def test_what_speaks_for_the_member_or_is_not_public_changes_nothing(outcome):
    letter = make_letter()
    make_member_record(letter.person_id, outcome, now=LATER)
    assert word(letter) == Word.VALID


def test_record_that_was_wrong_lets_the_letter_hold_again():
    letter = make_letter()
    row = make_member_record(letter.person_id, "condemned", now=LATER)
    assert word(letter) == Word.CHANGED
    withdraw_member_record(actor=make_actor("registrar"), record_id=row.pk, why="同名", now=LATER)
    assert word(letter) == Word.VALID


def test_status_letter_changes_when_what_it_states_is_over():
    actor = make_asker()
    row = make_member_record(actor.person_id, "investigation")
    letter = make_letter(State.ISSUED, actor)
    assert word(letter) == Word.VALID
    end_member_record(actor=make_actor("registrar"), record_id=row.pk, on=LATER.date(), now=LATER)
    assert word(letter) == Word.CHANGED


def test_letter_that_was_cancelled_or_replaced_says_so_and_nothing_of_today():
    first = make_letter()
    second = make_letter(State.ISSUED, asker_of(first))
    assert (word(first), word(second)) == (Word.SUPERSEDED, Word.VALID)
    cancel_letter(**by(second, asker_of(second)))
    assert word(second) == Word.WITHDRAWN


def test_expired_letter_tells_nothing_of_the_members_present():
    letter = make_letter()
    make_member_record(letter.person_id, "condemned", now=LATER)
    verdict = verdict_for_letter_code(letter.code, now=NOW + timedelta(days=120))
    assert verdict.word == Word.EXPIRED
    assert len(verdict.lines) == 2


def test_name_is_masked_and_nothing_else_of_the_letter_is_told():
    letter = make_letter(state_birth=True)
    verdict = verdict_for_letter_code(letter.code, now=LATER)
    assert verdict.document == Document.LETTER
    assert (verdict.shown.masked_name, verdict.shown.admitted_on) == ("王**", letter.membership.admitted_on)
    told = str(verdict)
    for secret in ("王小明", "Xiaoming", "1990", letter.membership.number, "Australia", letter.reference):
        assert secret not in told


def test_erased_person_leaves_a_letter_that_is_withdrawn():
    letter = make_letter()
    destroy_data_key(Membership.objects.get(pk=letter.membership_id).person.data_key, now=LATER)
    verdict = verdict_for_letter_code(letter.code, now=LATER)
    assert (verdict.word, verdict.shown) == (Word.WITHDRAWN, None)
