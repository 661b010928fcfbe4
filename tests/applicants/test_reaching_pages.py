"""The office's pages about reaching applicants: who was not reached, writing again, what was asked late."""

from uuid import uuid4

import pytest
from django.urls import reverse

from apps.applicants.enums import State
from apps.applicants.services.correction_answers import answer_correction
from apps.applicants.services.review import request_correction
from apps.mail.enums import MessageState
from apps.mail.models import Message
from tests.factories.applicants import (
    NOW,
    applicant_of,
    arguments,
    make_application,
    rechecker,
    reviewer,
    tell_applicant,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_day_later(time_machine):
    time_machine.move_to(NOW.replace(day=3), tick=False)


def unreached():
    case = make_application(state=State.CORRECTION_REQUESTED)
    tell_applicant(case, state=MessageState.BOUNCED)
    return case


def asked_once():
    case = make_application()
    request_correction(**arguments(case, reviewer()), items=[("employer", "请写全称")])
    case.refresh_from_db()
    answer_correction(**arguments(case, applicant_of(case)), answers={"employer": "新单位"})
    case.refresh_from_db()
    return case


def test_list_says_whom_to_phone_at_which_number(desk):
    case = unreached()
    page = desk(reviewer()).get(reverse("applicants:unreached")).content.decode()
    for part in (case.reference, "王小明", "+8613800000000", "已电话告知"):
        assert part in page
    assert case.reference not in desk(reviewer("110000")).get(reverse("applicants:unreached")).content.decode()


@pytest.mark.parametrize("act", ["phone_call", "tell_again"])
def test_button_takes_the_case_off_the_list_or_writes_again(desk, act):
    case = unreached()
    client = desk(reviewer())
    answer = client.post(reverse(f"applicants:{act}", args=[case.reference]), follow=True)
    assert "补正期限从今天重新计算" in answer.content.decode()
    assert case.corrections.get().tellings == 2
    if act == "phone_call":
        second = client.post(reverse(f"applicants:{act}", args=[case.reference]), follow=True)
        assert "状态已经改变" in second.content.decode()


def test_other_associations_find_no_such_case(desk):
    case = unreached()
    client = desk(reviewer("110000"))
    for act in ("phone_call", "tell_again", "send_again"):
        assert client.post(reverse(f"applicants:{act}", args=[case.reference])).status_code == 404


def test_lost_message_is_sent_again_from_the_case(desk):
    case = unreached()
    client, lost = desk(reviewer()), Message.objects.get()
    assert "再发一次" in client.get(reverse("applicants:case", args=[case.reference])).content.decode()
    address = reverse("applicants:send_again", args=[case.reference])
    assert client.post(address, {"message": str(lost.pk)}).status_code == 302
    assert Message.objects.filter(repeats=lost).count() == 1
    assert client.post(address, {"message": "no id"}).status_code == 404
    client.post(address, {"message": str(uuid4())})
    assert Message.objects.count() == 2


def test_form_asks_for_the_reason_of_a_late_question_and_keeps_what_was_typed(desk):
    case = asked_once()
    client, address = desk(reviewer()), reverse("applicants:correction", args=[case.reference])
    assert "上次没有提出，要写原因" in client.get(address).content.decode()
    typed = {"version": case.version, "ask_sex": "on", "note_sex": "请核对性别", "late_reason": ""}
    page = client.post(address, typed).content.decode()
    assert "请写明为什么现在才提出" in page
    assert "请核对性别" in page
    assert client.post(address, typed | {"late_reason": "新来的材料"}).status_code == 302
    page = desk(rechecker()).get(reverse("applicants:late_questions")).content.decode()
    assert "新来的材料" in page
    assert case.reference in page


def test_first_round_asks_for_no_reason(desk):
    case = make_application()
    page = desk(reviewer()).get(reverse("applicants:correction", args=[case.reference])).content.decode()
    assert "为什么现在才提出" not in page
    assert "一次告知" in page


def test_applicant_who_looks_has_opened_it(client):
    case = unreached()
    client.force_login(case.user)
    client.get(reverse("applicants:progress_case", args=[case.reference]))
    assert case.corrections.get().opened_at
