"""A correction from the asking to its end: nobody loses a case by a message that did not arrive, or by a scheduler
that slept."""

from datetime import date, timedelta

import pytest

from apps.accounts.enums import Role
from apps.applicants.enums import Field, State
from apps.applicants.models import Reminder
from apps.applicants.selectors.corrections import (
    freely_asked_fields,
    gaps_deadline,
    knows_of,
    late_questions,
    telling,
    unreached_cases,
)
from apps.applicants.services.correction_answers import answer_correction
from apps.applicants.services.expiry import expire_corrections
from apps.applicants.services.reminders import remind_applicants
from apps.applicants.services.review import request_correction
from apps.applicants.services.telling import note_opened, record_phone_call, tell_again
from apps.core.actor import Actor
from apps.core.clock import civil_date
from apps.core.errors import NotPermitted, RequirementsMissing, TransitionRefused
from apps.mail.enums import Channel, MessageState
from apps.mail.models import Message
from apps.mail.services import record_outcome, send_due
from apps.outbox.services import deliver_due
from tests.factories.accounts import make_actor
from tests.factories.applicants import (
    NOW,
    SYSTEM,
    applicant_of,
    arguments,
    make_application,
    rechecker,
    reviewer,
    tell_applicant,
)

pytestmark = pytest.mark.django_db
LAST = date(2026, 4, 1)
"""30 days after NOW, a working day."""


def asked(**message):
    case = make_application(state=State.CORRECTION_REQUESTED)
    if message:
        tell_applicant(case, **message)
    return case


def after(days):
    return NOW + timedelta(days=days)


def tick(now):
    """What the scheduler does, in the order of its day."""
    ended = expire_corrections(actor=SYSTEM, now=now)
    return ended, remind_applicants(actor=SYSTEM, now=now)


def request_of(case):
    return case.corrections.get(answered_at=None)


def reminded() -> list[int]:
    return list(Reminder.objects.order_by("at", "id").values_list("days", flat=True))


def test_reminders_come_fourteen_seven_and_two_days_before_each_once():
    case = asked(state=MessageState.SENT)
    sent = []
    for day in range(31):
        for _time in range(2):
            ended, written = tick(after(day))
            assert not ended
            sent += [day] * written
    assert sent == [16, 23, 28]
    assert request_of(case).answer_by == LAST
    assert tick(after(31))[0] == [case.reference]


def test_scheduler_that_was_off_for_forty_days_ends_nothing_before_the_last_reminder():
    case = asked(state=MessageState.SENT)
    assert tick(after(40)) == ([], 1)
    assert reminded() == [2]
    moved = request_of(case).answer_by
    assert moved >= civil_date(after(42))
    case.refresh_from_db()
    assert case.decide_by == moved
    assert tick(after(41)) == ([], 0)
    answered_until = (moved - civil_date(NOW)).days
    assert tick(after(answered_until))[0] == []
    assert tick(after(answered_until + 1))[0] == [case.reference]


def test_answer_after_the_last_day_counts_while_the_case_is_open():
    case = asked(state=MessageState.SENT)
    answer_correction(**arguments(case, applicant_of(case), now=after(38)), answers={}, picture=b"\xff\xd8")
    case.refresh_from_db()
    assert case.state == State.SUBMITTED


def test_only_the_portal_reminds():
    with pytest.raises(NotPermitted):
        remind_applicants(actor=reviewer(), now=NOW)


@pytest.mark.parametrize("state", [MessageState.FAILED, MessageState.BOUNCED])
def test_case_whose_message_was_lost_waits_for_an_officer(state):
    case = asked(state=state)
    for day in (28, 31, 45, 90):
        assert tick(after(day))[0] == []
    assert telling(case) == "lost"
    assert [one.pk for one in unreached_cases(reviewer(), now=after(1))] == [case.pk]
    assert not unreached_cases(reviewer("110000"), now=after(1))


def test_case_with_a_message_on_its_way_is_not_listed_at_once():
    case = asked(state=MessageState.QUEUED)
    assert not unreached_cases(reviewer(), now=NOW + timedelta(minutes=30))
    assert telling(case) == "waiting"
    assert [one.pk for one in unreached_cases(reviewer(), now=NOW + timedelta(hours=2))] == [case.pk]


def test_page_that_was_opened_counts_as_told():
    case = asked(state=MessageState.BOUNCED)
    note_opened(actor=applicant_of(case), application_id=case.pk, now=after(3))
    note_opened(actor=applicant_of(case), application_id=case.pk, now=after(9))
    assert request_of(case).opened_at == after(3)
    assert knows_of(case, request_of(case))
    assert not unreached_cases(reviewer(), now=after(4))
    assert tick(after(31))[0] == [], "who learns of it on the third day has thirty days from then"
    assert request_of(case).answer_by == date(2026, 4, 7), "after the festival"
    tick(after(34))
    assert tick(after(37))[0] == [case.reference]


def test_message_that_lay_waiting_for_days_gives_the_full_days_from_its_going():
    case = asked(state=MessageState.SENT)
    Message.objects.update(sent_at=after(20))
    tick(after(29))
    assert request_of(case).answer_by >= civil_date(after(50))
    assert tick(after(32))[0] == []


def test_nobody_else_opens_it():
    case = asked()
    for actor in (reviewer(), make_actor(user_id=999_999), Actor.anonymous()):
        with pytest.raises(NotPermitted):
            note_opened(actor=actor, application_id=case.pk, now=NOW)


def test_second_channel_that_arrives_counts():
    case = asked(state=MessageState.SENT)
    first = Message.objects.get()
    first.seal_part("second_address", "+8613800138000")
    first.seal_part("second_text", "【中注协】请补正")
    first.save()
    record_outcome(first.pk, MessageState.BOUNCED, now=NOW)
    assert not knows_of(case, request_of(case))
    send_due(clock=lambda: after(1))
    assert Message.objects.filter(channel=Channel.SMS, state=MessageState.SENT).exists()
    assert knows_of(case, request_of(case))


def test_phone_call_gives_the_full_days_anew_and_their_reminders():
    case = asked(state=MessageState.BOUNCED)
    tick(after(28))
    record_phone_call(actor=reviewer(), application_id=case.pk, now=after(35))
    request = request_of(case)
    assert request.answer_by >= civil_date(after(65))
    assert request.told_by_label
    assert tick(after(36))[0] == []
    tick(after(63))
    assert reminded() == [2, 2]
    last = (request.answer_by - civil_date(NOW)).days
    assert tick(after(last + 1))[0] == [case.reference]


def test_written_again_is_a_new_message_with_the_new_day():
    case = asked(state=MessageState.BOUNCED)
    request = tell_again(actor=reviewer(), application_id=case.pk, now=after(20))
    deliver_due(clock=lambda: after(20))
    again = Message.objects.exclude(state=MessageState.BOUNCED).get()
    assert f"{request.answer_by.day}日" in again.open_part("subject")
    assert not knows_of(case, request)
    send_due(clock=lambda: after(20))
    assert knows_of(case, request)


@pytest.mark.parametrize("act", [record_phone_call, tell_again])
def test_who_was_reached_is_not_told_anew(act):
    case = asked(state=MessageState.SENT)
    with pytest.raises(TransitionRefused):
        act(actor=reviewer(), application_id=case.pk, now=after(1))


@pytest.mark.parametrize("act", [record_phone_call, tell_again])
def test_other_associations_and_strangers_do_not_tell(act):
    case = asked(state=MessageState.BOUNCED)
    for actor in (reviewer("110000"), make_actor(Role.AUDITOR), applicant_of(case)):
        with pytest.raises(NotPermitted):
            act(actor=actor, application_id=case.pk, now=after(1))


def answered(case, **answers):
    """The first round, answered."""
    answer_correction(**arguments(case, applicant_of(case)), answers=answers)
    case.refresh_from_db()
    return case


def first_round(*fields):
    case = make_application()
    request_correction(**arguments(case, reviewer()), items=[(field, "请核对") for field in fields])
    case.refresh_from_db()
    return case


def test_first_round_asks_for_anything():
    assert freely_asked_fields(make_application()) == set(Field.values)


def test_later_round_asks_about_what_was_asked_and_what_the_answer_changed():
    case = first_round("identity_number")
    other_sex = {"male": "female", "female": "male"}[case.answers["sex"]]
    answered(case, identity_number=case.answers["identity_number"], sex=other_sex)
    assert freely_asked_fields(case) == {"identity_number", "sex"}
    request_correction(**arguments(case, reviewer()), items=[("sex", "请核对"), ("identity_number", "请再核对")])
    assert not late_questions(rechecker())


def test_anything_else_needs_a_reason_that_the_national_body_reads():
    case = answered(first_round("employer"), employer="新单位")
    with pytest.raises(RequirementsMissing) as refused:
        request_correction(**arguments(case, reviewer()), items=[("certificate_on", "请核对")], late_reason=" ")
    assert "全科合格证日期" in str(refused.value.missing[0])
    request_correction(
        **arguments(case, reviewer()),
        items=[("certificate_on", "请核对"), ("employer", "请写全称")],
        late_reason="考试办公室 3 月 5 日才回复",
    )
    (item,) = late_questions(rechecker())
    assert (item.field, item.late_reason) == ("certificate_on", "考试办公室 3 月 5 日才回复")
    assert not late_questions(reviewer())


def test_case_that_came_back_from_the_re_check_may_be_asked_about_everything():
    case = make_application(state=State.RETURNED)
    assert freely_asked_fields(case) == set(Field.values)
    request_correction(**arguments(case, reviewer()), items=[("photo", "请换成白底一寸照")])
    case.refresh_from_db()
    assert case.state == State.CORRECTION_REQUESTED


def test_rounds_have_no_limit():
    case = first_round("employer")
    for n in range(5):
        answered(case, employer=f"单位{n}")
        request_correction(**arguments(case, reviewer()), items=[("employer", "请写全称")])
        case.refresh_from_db()
    assert case.corrections.count() == 6


def test_officer_sees_until_when_gaps_should_be_told():
    case = make_application()
    gaps = gaps_deadline(case, today=date(2026, 3, 9))
    assert (gaps.day, gaps.is_past) == (date(2026, 3, 9), False)
    assert gaps_deadline(case, today=date(2026, 3, 10)).is_past
    assert gaps_deadline(first_round("employer"), today=NOW.date()) is None
