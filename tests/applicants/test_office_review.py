"""The association's decisions."""

from datetime import date, timedelta

import pytest

from apps.applicants.enums import Field, RollMatch, Route, State
from apps.applicants.models import BatchItem
from apps.applicants.selectors.batches import agreed_cases
from apps.applicants.services.batches import contents_mark, send_batch, send_open_batches
from apps.applicants.services.expiry import expire_corrections
from apps.applicants.services.review import (
    agree_application,
    correction_deadline,
    refuse_application,
    request_correction,
)
from apps.applicants.services.steps import take_step
from apps.core.errors import NotPermitted, RequirementsMissing, TransitionRefused
from apps.mail.enums import MessageState
from apps.rules.selectors import working_calendar
from tests.factories.applicants import (
    CLEAN,
    MINUTES,
    NOW,
    SYSTEM,
    arguments,
    first_reason,
    make_application,
    make_passer,
    open_batch,
    rechecker,
    remind_applicant,
    reviewer,
    tell_applicant,
)
from tests.factories.members import make_member

pytestmark = pytest.mark.django_db


def test_agreed_cases_are_in_the_open_batch_once_their_minutes_are_over():
    first, second = make_application(), make_application()
    for minute, application in enumerate((first, second)):
        agree_application(**arguments(application, reviewer(), now=NOW + timedelta(minutes=minute)))
        application.refresh_from_db()
    batch = open_batch(first)
    assert batch.number == "ZJ-2026-0001"
    held = [agreed_cases(batch, at=NOW + timedelta(minutes=minutes)) for minutes in (9, 10, 11)]
    assert held == [[], [first], [first, second]]
    assert first.state == State.AGREED and first.decide_by is None
    assert first.membership is None


def test_the_next_batch_gets_the_next_number():
    make_application(state=State.SENT)
    assert open_batch(make_application(state=State.AGREED)).number == "ZJ-2026-0002"


def test_what_is_not_green_must_be_ticked():
    application = make_application(name="王晓明")
    assert application.roll_match == RollMatch.NEAR
    with pytest.raises(RequirementsMissing) as refused:
        agree_application(**arguments(application, reviewer()))
    assert len(refused.value.missing) == 1
    agree_application(**arguments(application, reviewer()), confirmed={"roll"})


def test_late_applicants_cannot_be_agreed_while_late_admission_is_closed():
    application = make_application(passer=make_passer(certificate_on=date(2021, 3, 1)))
    with pytest.raises(RequirementsMissing):
        agree_application(**arguments(application, reviewer()), confirmed={"five_years"})


@pytest.mark.parametrize("obtained", [date(2021, 3, 2), date(2021, 3, 3)])
def test_the_anniversary_itself_is_in_time(obtained):
    agree_application(**arguments(make_application(passer=make_passer(certificate_on=obtained)), reviewer()))


@pytest.mark.parametrize(
    ("declared", "possible"),
    [
        ({"penalty": True, "penalty_on": "2024-03-02"}, True),
        ({"penalty": True, "penalty_on": "2024-03-03"}, False),
        ({"criminal": True, "criminal_on": "2021-03-03"}, False),
        ({"criminal": True, "criminal_on": "2021-03-02"}, True),
        ({"revoked": True, "revoked_on": "2021-03-03"}, False),
        ({"cancelled": True, "cancelled_on": "2023-03-03"}, False),
        ({"expelled": True}, False),
        ({"capacity": False}, False),
    ],
)
def test_bars_of_article_5_end_on_the_application_date(declared, possible):
    application = make_application(declarations=CLEAN | declared)
    call = arguments(application, reviewer()) | {"confirmed": set(declared)}
    if possible:
        agree_application(**call)
    else:
        with pytest.raises(RequirementsMissing):
            agree_application(**call)


def test_former_practising_members_are_counted_from_the_end_of_their_practising():
    application = make_application(stopped_on="2020-01-01")
    application.route = Route.EX_PRACTISING
    application.save()
    with pytest.raises(RequirementsMissing):
        agree_application(**arguments(application, reviewer()), confirmed={"practising"})


def test_a_member_is_not_agreed_a_second_time():
    application = make_application()
    make_member(application.person, effective_on=date(2026, 1, 5))
    with pytest.raises(RequirementsMissing) as refused:
        agree_application(**arguments(application, reviewer()))
    assert "已是会员" in str(refused.value.missing[0])


def test_correction_pauses_the_clock_and_names_the_last_day():
    application = make_application()
    request = request_correction(
        **arguments(application, reviewer()), items=[(Field.PHOTO, "请换成白底"), (Field.NAME, "请与证件一致")]
    )
    application.refresh_from_db()
    assert application.state == State.CORRECTION_REQUESTED
    assert application.decide_by == request.answer_by == date(2026, 4, 1)
    assert {item.field: item.note for item in request.items.all()} == {"photo": "请换成白底", "name": "请与证件一致"}


def test_the_last_day_of_a_correction_is_a_working_day():
    application = make_application()
    asked_on = date(2026, 1, 16)  # thirty days later is the eve of the Spring Festival holiday
    day = correction_deadline(application, asked_on=asked_on)
    assert day >= asked_on + timedelta(days=30)
    assert working_calendar().is_working_day(day)


@pytest.mark.parametrize("items", [[], [(Field.PHOTO, "  ")]])
def test_a_correction_says_what_is_wrong(items):
    with pytest.raises(RequirementsMissing):
        request_correction(**arguments(make_application(), reviewer()), items=items)


def test_a_correction_that_never_comes_ends_the_case_after_its_last_day():
    application = make_application(state=State.CORRECTION_REQUESTED)
    tell_applicant(application)
    last = NOW.replace(month=4, day=1)
    remind_applicant(application, now=last - timedelta(days=2))
    assert expire_corrections(actor=SYSTEM, now=last) == []
    assert expire_corrections(actor=SYSTEM, now=last + timedelta(days=1)) == [application.reference]
    assert expire_corrections(actor=SYSTEM, now=last + timedelta(days=1)) == []


@pytest.mark.parametrize("state", [None, MessageState.QUEUED, MessageState.FAILED, MessageState.BOUNCED])
def test_a_correction_never_lapses_on_an_undelivered_message(state):
    application = make_application(state=State.CORRECTION_REQUESTED)
    if state:
        tell_applicant(application, state=state)
    remind_applicant(application, now=NOW + timedelta(days=60))
    assert expire_corrections(actor=SYSTEM, now=NOW + timedelta(days=90)) == []
    application.refresh_from_db()
    assert application.state == State.CORRECTION_REQUESTED


def test_only_the_portal_itself_ends_an_uncorrected_case():
    make_application(state=State.CORRECTION_REQUESTED)
    with pytest.raises(NotPermitted):
        expire_corrections(actor=reviewer(), now=NOW + timedelta(days=90))


def test_refusal_needs_a_reason_of_the_catalogue():
    application = make_application()
    with pytest.raises(RequirementsMissing):
        refuse_application(**arguments(application, reviewer()), reason_code="because")
    refuse_application(**arguments(application, reviewer()), reason_code=first_reason("refusal"), note="事实")
    application.refresh_from_db()
    assert (application.state, application.reason_note) == (State.REFUSED, "事实")


def test_a_returned_case_is_agreed_into_a_new_batch_and_its_old_line_stays():
    application = make_application(state=State.RETURNED)
    old = application.batch
    agree_application(**arguments(application, reviewer()))
    application.refresh_from_db()
    assert application.batch is None and application.national_decided_at is None
    send_batch(actor=SYSTEM, batch_id=open_batch(application).pk, now=NOW + MINUTES)
    application.refresh_from_db()
    assert application.batch != old and application.reason_code == ""
    assert BatchItem.objects.get(batch=old, application=application).returned_at is not None


def test_a_sent_batch_starts_the_ten_days_of_the_national_body():
    application = make_application(state=State.SENT)
    batch = application.batch
    assert batch.decide_by == application.decide_by == date(2026, 3, 16)
    assert [item.line for item in batch.items.all()] == [1]


def test_an_empty_batch_is_not_sent():
    application = make_application(state=State.AGREED)
    batch_id = open_batch(application).pk
    make_withdrawn(application)
    with pytest.raises(RequirementsMissing):
        send_batch(actor=reviewer(), batch_id=batch_id, now=NOW)


def test_whoever_sends_a_batch_sends_what_they_saw():
    application = make_application(state=State.AGREED)
    seen = contents_mark([application], at=NOW)
    make_application(state=State.AGREED)
    with pytest.raises(TransitionRefused, match="有变化"):
        send_batch(actor=reviewer(), batch_id=open_batch(application).pk, now=NOW, seen=seen)


def test_batches_are_sent_by_their_own_association_only():
    application = make_application(state=State.AGREED)
    for stranger in (reviewer("310000"), rechecker()):
        with pytest.raises(NotPermitted):
            send_batch(actor=stranger, batch_id=open_batch(application).pk, now=NOW)


def test_the_scheduler_sends_on_working_days_and_only_once():
    application = make_application(state=State.AGREED)
    sunday = NOW - timedelta(days=1)
    holiday = NOW.replace(month=10, day=1)
    assert send_open_batches(actor=SYSTEM, now=sunday) == []
    assert send_open_batches(actor=SYSTEM, now=holiday) == []
    number = open_batch(application).number
    assert send_open_batches(actor=SYSTEM, now=NOW) == [number]
    assert send_open_batches(actor=SYSTEM, now=NOW) == []


def test_one_batch_that_fails_stops_no_other(monkeypatch):
    broken, sound = (make_application(association=code, state=State.AGREED) for code in ("330000", "310000"))

    numbers = {case.association_id: open_batch(case).number for case in (broken, sound)}
    faulty_one = open_batch(broken).pk

    def faulty(*, actor, batch_id, now):
        if batch_id == faulty_one:
            raise RuntimeError("a fault")
        return send_batch(actor=actor, batch_id=batch_id, now=now)

    monkeypatch.setattr("apps.applicants.services.batches.send_batch", faulty)
    assert send_open_batches(actor=SYSTEM, now=NOW) == [numbers["310000"]]


def make_withdrawn(application):
    take_step(application, "withdraw", actor=SYSTEM, now=NOW)
    application.take_back_until = None
    application.save()
