"""Asking, deciding, ending: what must hold, what is kept, who is told, what the database holds whoever writes."""

import json
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, InternalError, transaction

from apps.audit.models import Record
from apps.core.errors import NotPermitted, RequirementsMissing
from apps.letters.enums import Outcome, State
from apps.letters.models import Letter, TransferConsent
from apps.letters.selectors.letters import purpose_index
from apps.letters.services import (
    SecondRequest,
    approve_letter,
    cancel_letter,
    disagree_with_proposal,
    propose_letter,
    propose_refusal,
    refuse_letter,
    withdraw_request,
)
from apps.letters.services.issuing import issue_letter
from apps.members.models import Membership
from apps.members.services import end_membership
from apps.outbox.models import Event
from apps.people.selectors import english_name_of
from apps.people.services import confirm_english_name
from apps.rules.models import Rule
from apps.rules.selectors import forget_rules
from tests.factories.firms import make_firm
from tests.factories.letters import ANSWERS, NOW, asker_of, by, make_asker, make_letter, make_request, officer
from tests.factories.members import SYSTEM
from tests.factories.standing import make_member_record

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("drawn_quickly")]

EVERYBODY = {"addressee_kind": "anybody", "addressee": "", "country": ""}


def fresh(letter) -> Letter:
    return Letter.objects.get(pk=letter.pk)


def test_request_keeps_answers_spelling_consent_and_a_deadline_of_five_working_days():
    letter = make_request()
    assert letter.answers == ANSWERS
    assert letter.decide_by == date(2026, 12, 2)
    assert str(english_name_of(letter.person_id)) == "WANG Xiaoming"
    consent = TransferConsent.objects.get()
    assert (consent.recipient, consent.country, consent.withdrawn_at) == ("CPA Australia", "AUS", None)
    assert set(Event.objects.values_list("name", flat=True)) >= {"letter.requested"}
    logged = json.dumps(list(Record.objects.values("after", "before", "purpose", "case")), default=str)
    assert "WANG" not in logged and "Australia" not in logged


@pytest.mark.parametrize(
    "changes", [{"country": "HKG"}, {"country": "TWN"}, {"country": "GBR"}], ids=lambda c: c["country"]
)
def test_letter_to_a_named_body_abroad_needs_consent(changes):
    with pytest.raises(RequirementsMissing):
        make_request(consents=False, **changes)
    assert not Letter.objects.exists()


@pytest.mark.parametrize("changes", [{"country": "CHN"}, EVERYBODY], ids=["at home", "to anybody"])
def test_letter_that_goes_to_nobody_abroad_needs_none(changes):
    make_request(consents=False, **changes)
    assert not TransferConsent.objects.exists()


def test_validity_is_never_longer_than_the_rule():
    with pytest.raises(RequirementsMissing):
        make_request(valid_days=91)


def test_whoever_is_no_member_today_has_nothing_to_ask_for():
    actor = make_asker()
    membership = Membership.objects.get(person_id=actor.person_id)
    end_membership(
        actor=SYSTEM, membership_id=membership.pk, reason="withdrawn", on=NOW.date(), now=NOW - timedelta(days=1)
    )
    with pytest.raises(RequirementsMissing):
        make_request(actor)
    for nobody in (officer(), SYSTEM):
        with pytest.raises((NotPermitted, RequirementsMissing)):
            make_request(nobody)


def test_one_open_request_for_one_purpose_and_addressee():
    actor = make_asker()
    first = make_request(actor)
    with pytest.raises(SecondRequest):
        make_request(actor, addressee="  cpa  AUSTRALIA ")
    make_request(actor, addressee="ACCA", country="GBR")
    make_request(actor, purpose="study")
    withdraw_request(**by(first, actor))
    make_request(actor)


def test_purpose_is_the_same_however_it_is_typed():
    assert purpose_index(ANSWERS) == purpose_index(ANSWERS | {"addressee": "cpa  australia"})
    assert purpose_index(ANSWERS) != purpose_index(ANSWERS | {"purpose": "study"})


def test_facts_decide_which_letter_it_is():
    good, bad = make_asker(), make_asker()
    make_member_record(bad.person_id, "condemned")
    for actor, outcome in ((good, Outcome.GOOD_STANDING), (bad, Outcome.STATUS)):
        letter = make_request(actor)
        propose_letter(**by(letter, officer()))
        assert fresh(letter).outcome == outcome


def test_status_letter_is_refused_where_the_rule_says_so():
    Rule.objects.filter(key="letter.status_letter").update(value=False)
    forget_rules()
    actor = make_asker()
    make_member_record(actor.person_id, "condemned")
    letter = make_request(actor)
    with pytest.raises(RequirementsMissing):
        propose_letter(**by(letter, officer()))
    assert fresh(letter).state == State.REQUESTED


@pytest.mark.parametrize("between", ["condemned", "owed", "investigation"])
def test_approval_is_of_the_facts_of_that_moment(between):
    letter = make_letter(State.PROPOSED)
    make_member_record(letter.person_id, between)
    with pytest.raises(RequirementsMissing):
        approve_letter(**by(letter, officer()))
    disagree_with_proposal(**by(letter, officer()), why="情况有变")
    propose_letter(**by(letter, officer()))
    approve_letter(**by(letter, officer()))
    assert fresh(letter).statement["kind"] == Outcome.STATUS


def test_nobody_who_has_left_meanwhile_gets_a_letter():
    letter = make_letter(State.PROPOSED)
    end_membership(actor=SYSTEM, membership_id=letter.membership_id, reason="withdrawn", on=NOW.date(), now=NOW)
    with pytest.raises(RequirementsMissing):
        approve_letter(**by(letter, officer()))


def test_statement_is_frozen_hashed_dated_and_promises_nothing():
    letter = make_letter(State.APPROVED, state_birth=True)
    said = letter.statement
    assert (said["issued_on"], said["valid_until"]) == ("2026-11-25", "2027-02-23")
    assert (said["english_name"], said["name"]) == ("WANG Xiaoming", "王小明")
    assert said["addressee"] == ["CPA Australia", "Australia"]
    assert said["extras"] == ["Date of birth: 1 January 1990."]
    assert letter.statement_sha256 and len(letter.code) == 26
    text = " ".join([*(finding["text"] for finding in said["findings"]), *said["extras"]])
    assert text.count("As at 25 November 2026") == 4
    assert not any(word in text.lower() for word in ("licen", "will ", "shall", "guarantee"))
    assert [finding["code"].split(".")[0] for finding in said["findings"]] == [
        *("membership", "suspension", "proceedings", "discipline")
    ]


def test_firm_is_stated_only_of_a_practising_member_who_wants_it():
    firm = make_firm("33000077")
    actor = make_asker(kind="practising", firm_code=firm.code)
    plain, stated = (
        make_letter(State.APPROVED, actor, purpose=purpose, state_firm=purpose == "study")
        for purpose in ("body", "study")
    )
    assert plain.statement["extras"] == []
    assert "firm licence number 33000077" in stated.statement["extras"][0]


def test_refusal_takes_two_officers_and_a_reason_of_the_catalogue():
    letter = make_request()
    with pytest.raises(RequirementsMissing):
        propose_refusal(**by(letter, officer()), reason_code="refusal.expelled")
    propose_refusal(**by(letter, officer()), reason_code="letter.name_unclear", note="请核对护照")
    assert not Event.objects.filter(name="letter.refused").exists()
    with pytest.raises(NotPermitted):
        approve_letter(**by(letter, officer()))
    refuse_letter(**by(letter, officer()))
    assert (fresh(letter).state, fresh(letter).note) == (State.REFUSED, "请核对护照")


def test_proposal_to_issue_cannot_be_turned_into_a_refusal_by_the_second_alone():
    letter = make_letter(State.PROPOSED)
    with pytest.raises(NotPermitted):
        refuse_letter(**by(letter, officer()))


@pytest.mark.parametrize("state", [State.REQUESTED, State.ISSUED])
def test_consent_is_taken_back_with_the_request_and_with_the_letter(state):
    letter = make_letter(state)
    service = withdraw_request if state == State.REQUESTED else cancel_letter
    service(**by(letter, asker_of(letter)))
    assert TransferConsent.objects.get().withdrawn_at == NOW
    with pytest.raises(InternalError), transaction.atomic():
        TransferConsent.objects.update(country="USA")
    assert Record.objects.filter(action="transfer_consent.withdrawn").count() == 1


def test_newer_letter_for_the_same_purpose_replaces_the_one_in_force():
    first = make_letter(State.ISSUED)
    second = make_letter(State.ISSUED, asker_of(first))
    assert (fresh(first).state, fresh(first).replaced_by_id) == (State.REPLACED, second.pk)
    other = make_letter(State.ISSUED, asker_of(first), purpose="study")
    assert {fresh(second).state, fresh(other).state} == {State.ISSUED}


def test_cancelled_while_it_is_made_stays_cancelled():
    letter = make_letter(State.APPROVED)
    cancel_letter(**by(letter, asker_of(letter)))
    assert issue_letter(letter.pk, now=NOW).state == State.CANCELLED
    assert fresh(letter).file_id is None


def test_member_learns_of_each_step_and_downloads_are_written_down():
    names = list(Event.objects.order_by("occurred_at", "id").values_list("name", flat=True))
    letter = make_letter(State.ISSUED)
    names = list(Event.objects.filter(payload__letter_id=str(letter.pk)).order_by("id").values_list("name", flat=True))
    assert names == ["letter.requested", "letter.proposed", "letter.approved", "letter.issued"]
    assert set(Record.objects.filter(case=letter.reference).values_list("action", flat=True)) >= set(names)


def test_spelling_kept_with_the_person_is_the_one_that_was_confirmed_last():
    actor = make_asker()
    confirm_english_name(
        actor=actor, person_id=actor.person_id, surname="WONG", given="Siu Ming", source="passport", now=NOW
    )
    make_request(actor)
    assert str(english_name_of(actor.person_id)) == "WANG Xiaoming"


@pytest.mark.parametrize(
    ("state", "changes"),
    [
        (State.PROPOSED, {"proposed_by_person": None}),
        (State.PROPOSED, {"outcome": ""}),
        (State.ISSUED, {"decided_by_person": None}),
        (State.ISSUED, {"file": None}),
        (State.ISSUED, {"sha256": ""}),
        (State.ISSUED, {"statement": None}),
        (State.ISSUED, {"code": "short"}),
        (State.ISSUED, {"ended_at": NOW}),
        (State.REFUSED, {"reason_code": ""}),
        (State.REFUSED, {"outcome": "good_standing"}),
        (State.CANCELLED, {"ended_at": None}),
    ],
)
def test_what_can_never_be_false_the_database_holds(state, changes):
    letter = make_letter(state)
    with pytest.raises(IntegrityError), transaction.atomic():
        Letter.objects.filter(pk=letter.pk).update(**changes)


@pytest.mark.parametrize("who", ["member", "first"])
def test_database_holds_four_eyes_by_person(who):
    letter = make_letter(State.APPROVED)
    person = letter.person_id if who == "member" else letter.proposed_by_person_id
    with pytest.raises(IntegrityError), transaction.atomic():
        Letter.objects.filter(pk=letter.pk).update(decided_by_person=person)


def test_database_refuses_a_jump():
    letter = make_request()
    with pytest.raises(InternalError), transaction.atomic():
        Letter.objects.filter(pk=letter.pk).update(state=State.ISSUED)
