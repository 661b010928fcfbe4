"""Submitting: what must hold, one open application a person, a receipt that a double click repeats."""

import re
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from apps.applicants.enums import Field, RollMatch, Route, State
from apps.applicants.models import Application, Step
from apps.applicants.selectors.requirements import missing_requirements
from apps.applicants.services import submission
from apps.applicants.services.submission import ALPHABET, SecondApplication, submit_application
from apps.applicants.services.withdrawal import withdraw_application
from apps.audit.models import Record
from apps.core.errors import NotPermitted, RequirementsMissing, TransitionRefused
from apps.outbox.models import Event
from apps.people.models import Person
from tests.factories.applicants import make_passer
from tests.factories.candidates import DECLARATIONS, ELIGIBILITY, NOW, TODAY, candidate, make_draft
from tests.factories.people import resident_id

pytestmark = pytest.mark.django_db
RECORD = {"cpa_number": "330000120001", "stopped_on": "2024-06-30"}
STRANGER = resident_id(date(1971, 7, 7))


def submit(draft, actor, *, now=NOW, version=None):
    version = draft.version if version is None else version
    return submit_application(actor=actor, application_id=draft.pk, version=version, now=now)


@pytest.fixture
def actor():
    return candidate()


def test_submission_gives_reference_person_clock_step_record_and_event(actor):
    case = submit(make_draft(actor=actor), actor)
    assert re.fullmatch(rf"ZJ-2026-[{ALPHABET}]{{4}}-[{ALPHABET}]{{2}}", case.reference)
    assert (case.state, case.association_id, case.route) == (State.SUBMITTED, "330000", Route.FRESH_PASSER)
    assert case.person.name == "王小明"
    assert case.decide_by == date(2026, 3, 30)
    assert Step.objects.get(application=case).action == "submit"
    record = Record.objects.get(action="application.submitted")
    assert (record.case, record.actor_user_id) == (case.reference, actor.user_id)
    assert Event.objects.get(name="application.submitted").payload["reference"] == case.reference


def test_double_click_gives_the_same_receipt(actor):
    draft = make_draft(actor=actor)
    first, second = submit(draft, actor), submit(draft, actor)
    assert first.reference == second.reference
    assert Step.objects.count() == 1
    assert Event.objects.filter(name="application.submitted").count() == 1


def test_answers_changed_in_another_window_are_looked_at_again(actor):
    draft = make_draft(actor=actor)
    with pytest.raises(TransitionRefused):
        submit(draft, actor, version=draft.version - 1)
    assert Application.objects.get().state == State.DRAFT


def test_nobody_submits_for_somebody_else(actor):
    with pytest.raises(NotPermitted):
        submit(make_draft(), actor)


@pytest.mark.parametrize(
    ("changes", "page"),
    [
        ({"photo": False}, "photo"),
        ({"name": ""}, "identity"),
        ({"certificate_number": ""}, "certificate"),
        ({"association": ""}, "association"),
        ({"declarations": {}}, "declarations"),
    ],
)
def test_form_and_service_agree_on_what_is_missing(actor, changes, page):
    draft = make_draft(actor=actor, **changes)
    assert [item.page for item in missing_requirements(draft, today=TODAY)] == [page]
    with pytest.raises(RequirementsMissing) as refused:
        submit(draft, actor)
    assert [item.page for item in refused.value.missing] == [page]
    assert not Person.objects.exists()


def test_second_application_of_the_same_person_is_refused_whichever_account(actor):
    number = resident_id()
    first = submit(make_draft(actor=actor, identity_number=number), actor)
    other = candidate()
    second = make_draft(actor=other, identity_number=number, name="另一个名字")
    with pytest.raises(SecondApplication) as refused:
        submit(second, other)
    assert first.reference not in str(refused.value)
    assert "先撤回" in str(refused.value)
    withdraw_application(actor=actor, application_id=first.pk, version=first.version, now=NOW)
    assert submit(second, other).person_id == first.person_id


def test_database_holds_one_open_application_when_the_service_does_not_look(actor, monkeypatch):
    number = resident_id()
    submit(make_draft(actor=actor, identity_number=number), actor)
    monkeypatch.setattr(submission, "_only_once", lambda application, person: person)
    other = candidate()
    with pytest.raises(SecondApplication):
        submit(make_draft(actor=other, identity_number=number), other)


def test_one_draft_an_account(actor):
    draft = make_draft(actor=actor)
    twin = Application(user_id=actor.user_id, data_key=draft.data_key, answers={}, created_at=NOW, changed_at=NOW)
    with pytest.raises(IntegrityError, match="one_draft_per_account"), transaction.atomic():
        twin.save(force_insert=True)


def test_application_that_is_submitted_is_whole(actor):
    draft = make_draft(actor=actor)
    with pytest.raises(IntegrityError, match="submitted_application_is_whole"), transaction.atomic():
        Application.objects.filter(pk=draft.pk).update(submitted_at=NOW)


@pytest.mark.parametrize(
    ("changes", "match"),
    [
        ({}, RollMatch.EXACT),
        ({"name": "王晓明"}, RollMatch.NEAR),
        ({"certificate_number": "QZ249900001", "name": "李四"}, RollMatch.NEAR),
        ({"certificate_number": "QZ249900001", "identity_number": STRANGER}, RollMatch.NONE),
    ],
)
def test_what_the_roll_says_is_kept_for_the_officer_and_refuses_nobody(actor, changes, match):
    passer = make_passer()
    draft = make_draft(
        actor=actor,
        **{"identity_number": passer.identity_number, "certificate_number": passer.certificate_number} | changes,
    )
    assert submit(draft, actor).roll_match == match


def test_ground_that_applies_goes_to_a_person(actor):
    draft = make_draft(actor=actor, declarations=DECLARATIONS | {"penalty": True, "note": "2018 年"})
    assert submit(draft, actor).state == State.SUBMITTED


def test_expired_route_needs_the_word_of_the_applicant_and_then_is_decided(actor):
    draft = make_draft(actor=actor, certificate_on="2019-01-01")
    with pytest.raises(RequirementsMissing) as refused:
        submit(draft, actor)
    assert "2024-01-01" in str(refused.value.missing[0])
    insisting = make_draft(actor=actor, certificate_on="2019-01-01", eligibility=ELIGIBILITY | {"insists": True})
    assert submit(insisting, actor).route == Route.LATE


def test_five_years_are_counted_to_the_day_of_submission(actor):
    draft = make_draft(actor=actor, certificate_on="2021-03-02")
    with pytest.raises(RequirementsMissing):
        submit(draft, actor, now=NOW + timedelta(days=1))
    assert submit(draft, actor).route == Route.FRESH_PASSER


def test_former_practising_member_keeps_the_day_of_stopping(actor):
    eligibility = ELIGIBILITY | {"practising": "stopped", "stopped_on": "2024-06-30"}
    case = submit(make_draft(actor=actor, certificate_on="2010-01-01", eligibility=eligibility, **RECORD), actor)
    assert case.route == Route.EX_PRACTISING
    assert case.answers["stopped_on"] == "2024-06-30"


def test_overseas_candidate_belongs_to_the_national_body(actor):
    draft = make_draft(
        actor=actor, identity_type="passport", identity_number="E12345678", identity_country="SGP", phone=""
    )
    case = submit(draft, actor)
    assert case.association_id == "000000"
    assert case.reference.startswith(f"{case.association.reference_prefix}-2026-")


def test_submission_fails_with_its_record(actor, monkeypatch):
    draft = make_draft(actor=actor)

    def fail(*args, **kwargs):
        raise RuntimeError("no record")

    monkeypatch.setattr(submission, "record", fail)
    with pytest.raises(RuntimeError):
        submit(draft, actor)
    assert Application.objects.get().state == State.DRAFT
    assert not Event.objects.filter(name="application.submitted").exists()


def test_typed_leftovers_are_not_submitted(actor):
    from apps.applicants.services.drafts import keep_typed

    draft = make_draft(actor=actor)
    draft = keep_typed(draft.pk, actor=actor, page="contact", typed={"phone": ["12"]}, now=NOW)
    with pytest.raises(RequirementsMissing):
        submit(draft, actor)
    assert Field.PHONE in draft.answers
