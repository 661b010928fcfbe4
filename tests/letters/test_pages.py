"""The pages: the member sees everything before asking, nothing typed is lost, nobody sees another's letter."""

from datetime import timedelta

import pytest
from django.urls import reverse

from apps.accounts.enums import Role
from apps.audit.models import Record
from apps.core.actor import Actor, ActorKind
from apps.core.clock import now as present
from apps.letters.enums import State
from apps.letters.models import Letter
from apps.members.models import Membership
from tests.factories.letters import asker_of, make_asker, make_letter, make_request, officer
from tests.factories.standing import make_member_record

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("drawn_quickly")]

FORM = {
    "addressee_kind": "named",
    "addressee": "CPA  Australia",
    "country": "AUS",
    "purpose": "body",
    "purpose_text": "",
    "surname": "lü",
    "given": "XIAOMING",
    "spelling": "passport",
    "valid_days": "90",
    "consent": "on",
    "spelling_is_right": "on",
}


def text(response) -> str:
    return response.content.decode()


def test_member_sees_every_statement_with_its_source_before_asking(desk):
    actor = make_asker()
    make_member_record(actor.person_id, "criticised", source="浙江省注册会计师协会")
    page = text(desk(actor).get(reverse("letters:own")))
    for words in (
        "没有被暂停",
        "通报批评",
        "浙江省注册会计师协会，会协〔2026〕8号",
        "会员名册",
        "本系统还没有这方面的记录",
    ):
        assert words in page


def test_questions_propose_the_name_by_pinyin_and_later_the_one_that_was_confirmed(desk):
    actor = make_asker("吕乐")
    page = text(desk(actor).get(reverse("letters:ask")))
    assert 'value="LYU"' in page and "不止一种读法" in page
    make_request(actor, surname="LV", given="Yue", spelling="passport")
    page = text(desk(actor).get(reverse("letters:ask")))
    assert 'value="LV"' in page and 'value="Yue"' in page


def test_ask_check_change_and_ask(desk):
    client = desk(make_asker())
    check = text(client.post(reverse("letters:ask"), FORM))
    assert "LYU Xiaoming" in check and "CPA Australia" in check and not Letter.objects.exists()
    again = text(client.post(reverse("letters:ask"), FORM | {"change": "1"}))
    assert 'value="CPA Australia"' in again and "有一处需要更正" not in again
    response = client.post(reverse("letters:ask"), FORM | {"ask": "1"})
    letter = Letter.objects.get()
    assert response["Location"] == reverse("letters:letter", args=[letter.reference])
    receipt = text(client.get(response["Location"]))
    assert letter.reference in receipt and "我们已收到您的证明申请" in receipt and "010-" in receipt
    assert "我们已收到您的证明申请</p>" not in text(client.get(response["Location"]))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"addressee_kind": ""}, "请选择证明给谁看"),
        ({"addressee": "香港会计师公会"}, "请用英文填写收件单位的全称"),
        ({"addressee": ""}, "请用英文填写收件单位的全称"),
        ({"country": ""}, "请选择收件单位所在的国家或地区"),
        ({"country": "XYZ"}, "请选择收件单位所在的国家或地区"),
        ({"purpose": "other"}, "请用英文写明用途"),
        ({"given": ""}, "请填写名字的英文拼写"),
        ({"given": "小明"}, "英文姓名只用英文字母"),
        ({"consent": ""}, "需要您单独同意"),
        ({"spelling_is_right": ""}, "请核对英文姓名的拼写后勾选"),
        ({"valid_days": "9999"}, "请从列出的天数中选择"),
        ({"valid_days": "x"}, "请从列出的天数中选择"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_lost(desk, changes, words):
    client = desk(make_asker())
    for press in ({}, {"ask": "1"}):
        page = text(client.post(reverse("letters:ask"), FORM | changes | press))
        assert words in page and "处需要更正" in page
        assert "surname" in changes or 'value="lü"' in page
    assert not Letter.objects.exists()


def test_number_of_another_member_in_the_request_changes_nothing(desk):
    other = Membership.objects.get(person_id=make_asker("李娜").person_id)
    actor = make_asker()
    forged = {"number": other.number, "membership": str(other.pk), "membership_id": str(other.pk), "person": "1"}
    desk(actor).post(reverse("letters:ask"), FORM | forged | {"ask": "1"})
    assert Letter.objects.get().person_id == actor.person_id


def test_second_press_makes_no_second_request(desk):
    client = desk(make_asker())
    client.post(reverse("letters:ask"), FORM | {"ask": "1"})
    assert "已有一件同一用途" in text(client.post(reverse("letters:ask"), FORM | {"ask": "1"}))
    assert Letter.objects.count() == 1


def test_another_members_letter_does_not_exist(desk):
    letter, stranger = make_letter(State.ISSUED), make_asker()
    for actor in (stranger, officer(), Actor(ActorKind.USER, "no person", 77)):
        client = desk(actor)
        for name in ("letter", "end", "file"):
            assert client.get(reverse(f"letters:{name}", args=[letter.reference])).status_code == 404
        assert client.post(reverse("letters:end", args=[letter.reference]), {"version": "9"}).status_code == 404
    assert Letter.objects.get(pk=letter.pk).state == State.ISSUED


def test_office_shows_no_letter_to_those_who_have_no_part_in_it(desk):
    letter = make_letter(State.ISSUED)
    own = officer(person_id=letter.person_id)
    for actor in (own, officer(Role.REVIEWER), officer(Role.REGISTRAR)):
        client = desk(actor)
        for name in ("office_letter", "propose", "approve", "refuse", "disagree", "propose_refusal", "office_file"):
            assert client.get(reverse(f"letters:{name}", args=[letter.reference])).status_code == 404, name


def test_two_officers_decide_on_one_screen_and_readings_are_written_down(desk):
    letter = make_request(now=present())
    case, first, second = reverse("letters:office_letter", args=[letter.reference]), officer(), officer()
    page = text(desk(first).get(case))
    assert "拟出具，送批准" in page and "As at" in page and "会员名册" in page
    desk(first).post(reverse("letters:propose", args=[letter.reference]), {"version": letter.version})
    assert "等另一位工作人员批准" in text(desk(first).get(case))
    assert "批准，出具证明" in text(desk(second).get(case))
    desk(second).post(reverse("letters:approve", args=[letter.reference]), {"version": Letter.objects.get().version})
    assert Letter.objects.get().state == State.APPROVED
    assert Record.objects.filter(action="person.read", purpose="letters.case").count() == 3


def test_refusal_is_proposed_agreed_and_read_by_the_member(desk):
    letter = make_request(now=present())
    form = {"reason": "letter.name_unclear", "note": "请与护照核对。", "version": letter.version}
    refuse = reverse("letters:propose_refusal", args=[letter.reference])
    client = desk(officer())
    assert "请从目录中选择一项理由" in text(client.post(refuse, form | {"reason": "letter.none"}))
    client.post(refuse, form)
    desk(officer()).post(reverse("letters:refuse", args=[letter.reference]), {"version": Letter.objects.get().version})
    page = text(desk(asker_of(letter)).get(reverse("letters:letter", args=[letter.reference])))
    assert "英文姓名与护照" in page and "请与护照核对。" in page


def test_somebody_was_first_and_the_second_officer_is_told(desk):
    letter = make_letter(State.PROPOSED, now=present())
    answer = desk(officer()).post(reverse("letters:propose", args=[letter.reference]), {"version": 0}, follow=True)
    assert "已经由他人办理" in text(answer)
    assert "页面已经过期" in text(
        desk(officer()).post(reverse("letters:propose", args=[letter.reference]), {"version": "x"})
    )


def test_download_is_a_pdf_that_no_cache_keeps_and_each_one_is_written_down(desk):
    letter = make_letter(State.ISSUED, now=present())
    for actor, name in ((asker_of(letter), "file"), (officer(), "office_file")):
        response = desk(actor).get(reverse(f"letters:{name}", args=[letter.reference]))
        assert b"".join(response.streaming_content).startswith(b"%PDF")
        assert response["Cache-Control"] == "private, no-store"
        assert letter.reference in response["Content-Disposition"]
    assert Record.objects.filter(action="letter.downloaded", case=letter.reference).count() == 2
    undecided = make_request()
    assert desk(asker_of(undecided)).get(reverse("letters:file", args=[undecided.reference])).status_code == 404


def test_member_withdraws_and_cancels_once_asked(desk):
    for state, end, words in ((State.REQUESTED, State.WITHDRAWN, "撤回"), (State.ISSUED, State.CANCELLED, "作废")):
        letter = make_letter(state, now=present())
        client, address = desk(asker_of(letter)), reverse("letters:end", args=[letter.reference])
        assert words in text(client.get(address))
        client.post(address, {"version": "77"})
        assert Letter.objects.get(pk=letter.pk).state == state
        client.post(address, {"version": letter.version})
        assert Letter.objects.get(pk=letter.pk).state == end


def test_work_list_shows_the_nearest_deadline_first_in_a_fixed_number_of_queries(desk, django_assert_max_num_queries):
    late, early = make_request(now=present()), make_request(now=present() - timedelta(days=30))
    client = desk(officer())
    with django_assert_max_num_queries(9):
        page = text(client.get(reverse("letters:office")))
    assert page.index(early.reference) < page.index(late.reference)
    assert "已超过" in page
    assert "这一类现在没有证明申请" in text(client.get(reverse("letters:office"), {"pile": "approve", "after": "x~y"}))


def test_account_leads_members_there_and_others_are_told(desk):
    assert reverse("letters:own") in text(desk(make_asker()).get(reverse("dashboard:account")))
    nobody = Actor(ActorKind.USER, "nobody", 78)
    assert "您今天不是会员" in text(desk(nobody).get(reverse("letters:own")))
    assert desk(nobody).get(reverse("letters:ask"))["Location"] == reverse("letters:own")


def test_letter_is_checked_by_anybody_in_english(client):
    letter = make_letter(State.ISSUED, now=present())
    page = text(client.get(reverse("verification:check", args=[letter.code]), headers={"accept-language": "en"}))
    assert "Valid" in page and "王**" in page and "王小明" not in page
    assert "on_year" not in page, "a letter is no window on other days"
