"""What is written on a case: notes inside, messages to the applicant and back, questions between the offices."""

import pytest
import time_machine
from django.db import InternalError, transaction
from django.urls import reverse

from apps.accounts.enums import NATIONAL_CODE, Role
from apps.applicants.enums import Office, Sender, State
from apps.applicants.models import Application, CaseMessage, CaseNote, CaseQuestion
from apps.applicants.selectors.desk_page import pile_counts
from apps.applicants.selectors.messages import UNREAD_LIMIT, conversation, has_new_answer, has_open_question
from apps.applicants.services.messages import answer_office, mark_answers_read, message_applicant
from apps.applicants.services.national import confirm_application, return_application
from apps.applicants.services.notes import answer_question, ask_office, write_note
from apps.applicants.services.review import agree_application
from apps.audit.models import Record
from apps.core.errors import NotPermitted, RequirementsMissing, TransitionRefused
from apps.mail.models import Message
from apps.outbox.services import deliver_due
from apps.rules.selectors import working_calendar
from tests.factories.accounts import make_actor
from tests.factories.applicants import (
    DOCUMENT_NUMBER,
    NOW,
    applicant_of,
    arguments,
    first_reason,
    make_application,
    rechecker,
    reviewer,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(NOW, tick=False):
        yield


def on(application, actor) -> dict:
    return {"actor": actor, "application_id": application.pk, "now": NOW}


def test_a_note_is_sealed_recorded_and_never_on_a_page_of_the_applicant(client):
    application = make_application()
    note = write_note(**on(application, reviewer()), text=" 已致电考试办公室 ")
    assert CaseNote.objects.get(pk=note.pk).text == "已致电考试办公室"
    record = Record.objects.get(action="application.noted")
    assert record.case == application.reference and record.personal and "致电" not in str(record.after)
    client.force_login(application.user)
    page = client.get(reverse("applicants:progress_case", args=[application.reference])).content.decode()
    assert "考试办公室" not in page


def test_a_note_is_never_changed():
    application = make_application()
    note = write_note(**on(application, reviewer()), text="一")
    with pytest.raises(InternalError), transaction.atomic():
        CaseNote.objects.filter(pk=note.pk).update(author_label="别人")


@pytest.mark.parametrize("text", ["", "  \n "])
def test_nothing_is_not_written(text):
    application = make_application(state=State.SENT)
    for write in (
        lambda: write_note(**on(application, reviewer()), text=text),
        lambda: message_applicant(**on(application, reviewer()), text=text),
        lambda: ask_office(**on(application, rechecker()), asked_of=Office.LOCAL, text=text),
    ):
        with pytest.raises(RequirementsMissing):
            write()


def test_the_applicant_reads_a_message_answers_it_and_the_office_sees_the_new_answer(client, desk):
    application, officer = make_application(), reviewer()
    message = message_applicant(**on(application, officer), text="请说明合格证日期")
    deliver_due(clock=lambda: NOW)
    mail = Message.objects.get(purpose=f"case_message:{message.pk.hex}")
    assert "请说明合格证日期" not in mail.open_part("text")
    (shown,) = conversation(application)
    assert [delivery.state for delivery in shown.deliveries] == [mail.state]
    client.force_login(application.user)
    page = client.get(reverse("applicants:progress_case", args=[application.reference])).content.decode()
    assert "请说明合格证日期" in page and officer.label not in page
    reply = reverse("applicants:reply", args=[application.reference])
    assert "写答复" in client.get(reply).content.decode()
    assert "请写下您的答复" in client.post(reply, {"reply-text": " "}).content.decode()
    client.post(reply, {"reply-text": "日期以证书为准"})
    assert Application.objects.filter(has_new_answer(), pk=application.pk).exists()
    assert pile_counts(officer, working_calendar(), now=NOW)["answered"] == 1
    page = desk(officer).get(reverse("applicants:case", args=[application.reference])).content.decode()
    assert "日期以证书为准" in page and "新答复" in page


def test_an_unread_answer_is_looked_at_before_the_agreement():
    application, officer = make_application(), reviewer()
    message_applicant(**on(application, officer), text="请说明")
    answer_office(**on(application, applicant_of(application)), text="说明如下")
    with pytest.raises(RequirementsMissing) as refused:
        agree_application(**arguments(application, officer))
    assert "新答复" in str(refused.value.missing[0])
    assert mark_answers_read(**on(application, officer)) == 1
    assert mark_answers_read(**on(application, officer)) == 0
    agree_application(**arguments(application, officer))


def test_only_the_account_itself_answers_and_only_what_was_written():
    application, other = make_application(), make_application()
    with pytest.raises(TransitionRefused):
        answer_office(**on(application, applicant_of(application)), text="无人问我")
    message_applicant(**on(application, reviewer()), text="请说明")
    for stranger in (applicant_of(other), reviewer(), rechecker()):
        with pytest.raises(NotPermitted):
            answer_office(**on(application, stranger), text="冒名")


def test_answers_have_an_end_until_somebody_reads_them():
    application = make_application()
    message_applicant(**on(application, reviewer()), text="请说明")
    for _count in range(UNREAD_LIMIT):
        answer_office(**on(application, applicant_of(application)), text="说明")
    with pytest.raises(TransitionRefused):
        answer_office(**on(application, applicant_of(application)), text="再说明")


def test_the_national_body_asks_and_the_province_answers_inside_the_case():
    application, officer, second = make_application(state=State.SENT), reviewer(), rechecker()
    question = ask_office(**on(application, second), asked_of=Office.LOCAL, text="照片核对过吗？")
    assert Application.objects.filter(has_open_question(Office.LOCAL), pk=application.pk).exists()
    assert pile_counts(officer, working_calendar(), now=NOW)["asked"] == 1
    with pytest.raises(RequirementsMissing):
        confirm_application(**arguments(application, second), document_number=DOCUMENT_NUMBER)
    answer_question(actor=officer, question_id=question.pk, text="当面核对过", now=NOW)
    with pytest.raises(TransitionRefused):
        answer_question(actor=reviewer(), question_id=question.pk, text="我也核对过", now=NOW)
    assert CaseQuestion.objects.get().answer == "当面核对过"
    confirm_application(**arguments(application, second), document_number=DOCUMENT_NUMBER)


def test_an_open_question_may_be_ticked_off_and_blocks_nothing():
    application, second = make_application(state=State.SENT), rechecker()
    ask_office(**on(application, second), asked_of=Office.LOCAL, text="照片核对过吗？")
    confirm_application(**arguments(application, second), document_number=DOCUMENT_NUMBER, confirmed={"open_question"})


def test_the_province_asks_about_a_return_and_the_national_body_answers():
    application = make_application(state=State.RETURNED)
    question = ask_office(**on(application, reviewer()), asked_of=Office.NATIONAL, text="要核对哪一项？")
    answer_question(actor=rechecker(), question_id=question.pk, text="证书日期", now=NOW)


def test_at_the_national_body_two_persons_ask_and_answer():
    """Home association 000000: one who holds both seats is not their own other office."""
    application = make_application(association=NATIONAL_CODE, state=State.SENT)
    both = reviewer(NATIONAL_CODE)
    both = make_actor(
        (Role.REVIEWER, NATIONAL_CODE), Role.RECHECKER, user_id=both.user_id, person_id=both.person_id, label="both"
    )
    question = ask_office(**on(application, both), asked_of=Office.LOCAL, text="？")
    with pytest.raises(NotPermitted):
        answer_question(actor=both, question_id=question.pk, text="！", now=NOW)
    answer_question(actor=reviewer(NATIONAL_CODE), question_id=question.pk, text="！", now=NOW)


@pytest.mark.parametrize("state", [State.SUBMITTED, State.AGREED, State.REFUSED, State.WITHDRAWN])
def test_no_question_where_the_other_office_sees_no_case(state):
    application = make_application(state=state)
    for actor, office in ((reviewer(), Office.NATIONAL), (rechecker(), Office.LOCAL), (reviewer(), Office.LOCAL)):
        with pytest.raises(NotPermitted):
            ask_office(**on(application, actor), asked_of=office, text="？")


def test_the_words_of_a_return_stay_after_the_next_agreement(desk):
    application = make_application(state=State.SENT)
    return_application(
        **arguments(application, rechecker()), reason_code=first_reason("return"), note="照片与证件不符，请核对"
    )
    application.refresh_from_db()
    agree_application(**arguments(application, reviewer()))
    page = desk(reviewer()).get(reverse("applicants:case", args=[application.reference])).content.decode()
    assert "照片与证件不符，请核对" in page and "复核退回" in page


POSTS = ["note", "message", "answers_read", "ask", "question_answer"]


@pytest.mark.parametrize("name", POSTS)
def test_another_association_finds_nothing(desk, name):
    application = make_application(state=State.SENT)
    question = ask_office(**on(application, rechecker()), asked_of=Office.LOCAL, text="？")
    data = {f"{prefix}-text": "我来写" for prefix in ("note", "message", "question", f"answer-{question.pk.hex}")}
    data["question"] = str(question.pk)
    address = reverse(f"applicants:{name}", args=[application.reference])
    for stranger in (reviewer("310000"), make_actor((Role.AUDITOR, NATIONAL_CODE)), make_actor(Role.REGISTRAR)):
        assert desk(stranger).post(address, data).status_code == 404
        assert desk(stranger).get(address).status_code == 404
    assert not CaseNote.objects.exists() and not CaseMessage.objects.exists()
    assert CaseQuestion.objects.get().answer is None


@pytest.mark.parametrize(
    ("name", "prefix", "who"),
    [("note", "note", reviewer), ("message", "message", reviewer), ("note", "note", rechecker)],
)
def test_both_offices_write_from_their_screens(desk, name, prefix, who):
    application = make_application(state=State.SENT)
    client = desk(who())
    address = reverse(f"applicants:{name}", args=[application.reference])
    door = "recheck" if who is rechecker else "review"
    refused = client.post(address, {f"{prefix}-text": "字" * 2001, "door": door})
    assert "最多 2000 字" in refused.content.decode() and "字" * 2001 in refused.content.decode()
    response = client.post(address, {f"{prefix}-text": "已核对", "door": door}, follow=True)
    assert "已核对" in response.content.decode()
    assert response.redirect_chain[0][0].endswith("#writing")


def test_questions_are_asked_and_answered_on_the_screens(desk):
    application = make_application(state=State.SENT)
    ask = reverse("applicants:ask", args=[application.reference])
    desk(rechecker()).post(ask, {"question-text": "核对过吗？", "door": "recheck"})
    question = CaseQuestion.objects.get()
    answer = reverse("applicants:question_answer", args=[application.reference])
    client = desk(reviewer())
    page = client.get(reverse("applicants:case", args=[application.reference])).content.decode()
    assert "核对过吗？" in page and f"answer-{question.pk.hex}-text" in page
    empty = client.post(answer, {"question": question.pk})
    assert "请写下答复" in empty.content.decode()
    client.post(answer, {"question": question.pk, f"answer-{question.pk.hex}-text": "核对过"})
    assert (
        "核对过"
        in desk(rechecker()).get(reverse("applicants:recheck_case", args=[application.reference])).content.decode()
    )
    assert client.post(answer, {"question": "rubbish"}).status_code == 404


def test_a_message_is_never_an_answer_that_somebody_marked_read():
    application = make_application()
    message = message_applicant(**on(application, reviewer()), text="一")
    assert message.sender == Sender.OFFICE
    assert mark_answers_read(**on(application, reviewer())) == 0
