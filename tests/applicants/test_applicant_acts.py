"""Correction and withdrawal: what an applicant may do in which state."""

from datetime import date, timedelta

import pytest

from apps.applicants.enums import Action, State
from apps.applicants.models import CorrectionRequest, Step
from apps.applicants.selectors.batches import agreed_cases
from apps.applicants.services.correction_answers import answer_correction
from apps.applicants.services.review import request_correction
from apps.applicants.services.withdrawal import withdraw_application
from apps.applicants.workflow import APPLICATION
from apps.audit.models import Record
from apps.core.errors import NotPermitted, RequirementsMissing, TransitionRefused
from apps.outbox.models import Event
from tests.factories.applicants import applicant_of, make_application, open_batch, reviewer
from tests.factories.candidates import NOW, candidate, photo_bytes

pytestmark = pytest.mark.django_db
SUBMITTED_STATES = [state for state in State if state != State.DRAFT]


def ask(case, *items, now=NOW):
    request_correction(actor=reviewer(), application_id=case.pk, version=case.version, items=list(items), now=now)
    case.refresh_from_db()


def answer(case, actor=None, *, now=NOW, version=None, picture=None, **answers):
    return answer_correction(
        actor=actor or applicant_of(case),
        application_id=case.pk,
        version=case.version if version is None else version,
        answers=answers,
        picture=picture,
        now=now,
    )


def withdraw(case, actor=None, *, now=NOW):
    return withdraw_application(
        actor=actor or applicant_of(case), application_id=case.pk, version=case.version, now=now
    )


@pytest.mark.parametrize("state", SUBMITTED_STATES)
def test_withdrawal_follows_the_table_in_every_state(state):
    case = make_application(state=state)
    if APPLICATION.allows(state, Action.WITHDRAW):
        assert withdraw(case, now=NOW + timedelta(days=60)).state == State.WITHDRAWN
        assert Event.objects.filter(name="application.withdrawn").count() == 1
        assert Record.objects.filter(action="application.withdrawn").count() == 1
    else:
        with pytest.raises(TransitionRefused):
            withdraw(case, now=NOW + timedelta(days=60))


@pytest.mark.parametrize("state", SUBMITTED_STATES)
def test_correction_is_answered_only_where_one_is_asked_for(state):
    case = make_application(state=state)
    items = [item.field for r in CorrectionRequest.objects.filter(answered_at=None) for item in r.items.all()]
    answers = {field: case.answers.get(field, "") for field in items if field != "photo"}
    if state == State.CORRECTION_REQUESTED:
        assert answer(case, picture=photo_bytes(), **answers).state == State.SUBMITTED
    else:
        with pytest.raises(TransitionRefused):
            answer(case, picture=photo_bytes())


@pytest.mark.parametrize("act", [withdraw, answer])
def test_only_the_applicant_acts(act):
    case = make_application(state=State.CORRECTION_REQUESTED)
    for actor in (candidate(), reviewer()):
        with pytest.raises(NotPermitted):
            act(case, actor)


def test_clock_rests_while_the_applicant_answers():
    case = make_application(submitted_at=NOW)
    assert case.decide_by == date(2026, 3, 30)
    ask(case, ("employer", "请写全称"), now=NOW + timedelta(days=1))
    assert case.decide_by >= date(2026, 4, 2)
    case = answer(case, employer="杭州某某会计师事务所", now=NOW + timedelta(days=8))
    assert case.state == State.SUBMITTED
    assert case.decide_by == date(2026, 4, 7), "five working days later, past Qingming"
    assert case.answers["employer"] == "杭州某某会计师事务所"
    assert CorrectionRequest.objects.get().answered_at == NOW + timedelta(days=8)


def test_every_item_must_be_answered_and_nothing_else_changes():
    case = make_application()
    ask(case, ("photo", "请换白底照片"), ("employer", "请写全称"))
    with pytest.raises(RequirementsMissing) as refused:
        answer(case, employer="某所", name="别人")
    assert "照片" in str(refused.value.missing[0])
    name, photo = case.answers["name"], case.photo_id
    case = answer(case, employer="某所", name="别人", picture=photo_bytes())
    assert case.answers["name"] == name
    assert case.photo_id != photo


def test_corrected_name_is_held_against_the_roll_again():
    case = make_application(name="王晓明")
    assert case.roll_match == "near"
    ask(case, ("name", "与名单不一致，请核对"))
    assert answer(case, name="王小明").roll_match == "exact"


def test_any_number_of_rounds():
    case = make_application()
    for n in range(3):
        ask(case, ("employer", f"第 {n} 次"))
        answer(case, employer=f"单位 {n}")
        case.refresh_from_db()
    assert Step.objects.filter(application=case, action=Action.ANSWER_CORRECTION).count() == 3


def test_stale_correction_form_changes_nothing():
    case = make_application()
    ask(case, ("employer", "请写全称"))
    with pytest.raises(TransitionRefused):
        answer(case, employer="某所", version=case.version - 1)


def test_withdrawn_case_is_not_in_the_batch_that_was_not_sent():
    case = make_application(state=State.AGREED)
    batch = open_batch(case)
    assert agreed_cases(batch, at=NOW) == [case]
    withdraw(case)
    assert agreed_cases(batch, at=NOW) == []
    sent = make_application(state=State.SENT)
    assert withdraw(sent).batch_id is not None
