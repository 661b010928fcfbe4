"""A provincial agreement can be taken back for ten minutes, by its officer; only then it is in the batch."""

from datetime import timedelta

import pytest
from django.urls import reverse

from apps.applicants.enums import Action, State
from apps.applicants.selectors.batches import agreed_cases
from apps.applicants.selectors.claims import claim_of
from apps.applicants.selectors.progress import application_by_reference, progress_of
from apps.applicants.services.batches import send_batch, send_open_batches
from apps.applicants.services.review import agree_application
from apps.applicants.services.take_back import take_back_agreement
from apps.applicants.services.withdrawal import withdraw_application
from apps.core.errors import NotPermitted, RequirementsMissing, TransitionRefused
from apps.rules.selectors import working_calendar
from tests.factories.applicants import (
    MINUTES,
    NOW,
    SYSTEM,
    applicant_of,
    arguments,
    make_application,
    open_batch,
    rechecker,
    reviewer,
)

pytestmark = pytest.mark.django_db

NINE, TEN = timedelta(minutes=9, seconds=59), timedelta(minutes=10)


def agreed(state=State.SUBMITTED, **changes):
    case, officer = make_application(state=state, **changes), reviewer()
    agree_application(**arguments(case, officer))
    case.refresh_from_db()
    return case, officer


def test_within_the_minutes_the_case_is_as_if_nobody_had_agreed():
    case, officer = agreed(submitted_at=NOW - timedelta(days=5))
    before = make_application(submitted_at=NOW - timedelta(days=5))
    take_back_agreement(**arguments(case, officer, now=NOW + NINE))
    case.refresh_from_db()
    assert case.state == State.SUBMITTED and case.decide_by == before.decide_by
    assert case.local_decided_at is case.local_decided_by_person_id is case.take_back_until is None
    assert claim_of(case, now=NOW + NINE).is_of(officer)
    assert send_open_batches(actor=SYSTEM, now=NOW + MINUTES) == []


def read_by_applicant(case, *, now) -> tuple[str, list[str]]:
    progress = progress_of(application_by_reference(case.reference), working_calendar(), now=now)
    return str(progress.words.title), [str(step["sentence"]) for step in progress.history]


def test_applicant_is_told_of_an_agreement_once_it_is_final_and_of_one_taken_back_never():
    case, officer = agreed()
    received = ("我们已收到并开始审查", ["您提交了申请"])
    assert read_by_applicant(case, now=NOW + NINE) == received
    title, history = read_by_applicant(case, now=NOW + TEN)
    assert (title, history[0]) == ("所属协会已同意", "所属协会审查同意")
    take_back_agreement(**arguments(case, officer, now=NOW + NINE))
    assert read_by_applicant(case, now=NOW + TEN) == received


def test_after_the_minutes_the_case_is_in_the_batch_and_stays():
    case, officer = agreed()
    with pytest.raises(TransitionRefused, match="已经进入汇总表"):
        take_back_agreement(**arguments(case, officer, now=NOW + TEN))
    assert agreed_cases(open_batch(case), at=NOW + TEN) == [case]
    case.refresh_from_db()
    assert case.state == State.AGREED and case.steps.count() == 2


def test_nobody_but_the_officer_takes_it_back():
    case, _officer = agreed()
    for actor in (reviewer(), rechecker(), applicant_of(case), SYSTEM):
        with pytest.raises(NotPermitted):
            take_back_agreement(**arguments(case, actor, now=NOW))


def test_a_returned_case_goes_back_to_returned_with_its_reason():
    case = make_application(state=State.RETURNED)
    old, reason, officer = case.batch, case.reason_code, reviewer()
    agree_application(**arguments(case, officer))
    case.refresh_from_db()
    take_back_agreement(**arguments(case, officer, now=NOW + NINE))
    case.refresh_from_db()
    assert (case.state, case.batch, case.reason_code) == (State.RETURNED, old, reason)
    assert case.decide_by is not None
    last = case.steps.order_by("at", "id").last()
    assert (last.action, last.from_state) == (Action.TAKE_BACK_RETURNED, State.AGREED)


def test_a_case_that_was_taken_back_can_be_agreed_to_again_and_sent():
    case, officer = agreed()
    take_back_agreement(**arguments(case, officer, now=NOW + NINE))
    case.refresh_from_db()
    agree_application(**arguments(case, officer, now=NOW + TEN))
    batch = open_batch(case)
    with pytest.raises(RequirementsMissing):
        send_batch(actor=SYSTEM, batch_id=batch.pk, now=NOW + TEN + NINE)
    send_batch(actor=SYSTEM, batch_id=batch.pk, now=NOW + TEN + TEN)
    case.refresh_from_db()
    assert case.state == State.SENT and case.batch == batch


def test_a_sending_leaves_those_whose_minutes_run_to_the_next_batch():
    old, (young, _officer) = make_application(state=State.AGREED), agreed()
    sent = send_batch(actor=SYSTEM, batch_id=open_batch(old).pk, now=NOW + NINE)
    young.refresh_from_db()
    assert young.state == State.AGREED and young.batch is None
    assert agreed_cases(open_batch(young), at=NOW + TEN) == [young] and open_batch(young) != sent


def test_who_withdraws_meanwhile_is_in_no_batch():
    case, officer = agreed()
    withdraw_application(**arguments(case, applicant_of(case)))
    case.refresh_from_db()
    assert case.take_back_until is None
    with pytest.raises(TransitionRefused):
        take_back_agreement(**arguments(case, officer))


def test_a_batch_is_sent_as_it_was_shown_although_more_cases_have_joined(desk, time_machine_now):
    shown, (later, _officer) = make_application(state=State.AGREED), agreed()
    client, url = desk(reviewer()), reverse("applicants:batch", args=[open_batch(shown).number])
    page = client.get(url).content.decode()
    assert "报送 1 件" in page and "另有 1 件刚刚同意" in page
    seen = page.split('name="seen" value="')[1].split('"')[0]
    time_machine_now(NOW + MINUTES)
    assert "已报送中注协" in client.post(url, {"seen": seen}, follow=True).content.decode()
    for case in (shown, later):
        case.refresh_from_db()
    assert (shown.state, later.state) == (State.SENT, State.AGREED), "the second one was not on the page"


def test_the_page_says_until_when_and_by_whom(desk, time_machine_now):
    case, officer = agreed()
    url, act = (reverse(f"applicants:{name}", args=[case.reference]) for name in ("case", "take_back"))
    assert "10:10 前您可以收回" in desk(officer).get(url).content.decode()
    colleague = desk(reviewer()).get(url).content.decode()
    assert "10:10 前可以由" in colleague and "收回同意</button>" not in colleague
    for nonsense in ({}, {"version": "x"}, {"version": "-1"}):
        assert "没有生效" in desk(officer).post(act, nonsense, follow=True).content.decode()
    assert "已收回同意" in desk(officer).post(act, {"version": case.version}, follow=True).content.decode()
    time_machine_now(NOW + MINUTES)
    late, officer = make_application(state=State.AGREED, now=NOW + MINUTES), reviewer()
    assert (
        "收回同意</button>" not in desk(officer).get(reverse("applicants:case", args=[late.reference])).content.decode()
    )
