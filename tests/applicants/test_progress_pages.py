"""Where is my application: in plain words, for its applicant alone, found and not found alike."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.applicants.enums import OPEN_STATES, State
from apps.applicants.services.review import request_correction
from apps.applicants.services.withdrawal import withdraw_application
from apps.mail.models import Message
from tests.factories.accounts import make_actor, make_user
from tests.factories.applicants import make_application, reviewer
from tests.factories.candidates import NOW
from tests.factories.documents import picture, picture_bytes

pytestmark = pytest.mark.django_db
SUBMITTED_STATES = [state for state in State if state != State.DRAFT]


@pytest.fixture(autouse=True)
def _on_a_working_day(time_machine):
    time_machine.move_to(NOW, tick=False)


def words(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def latest_mail() -> str:
    return Message.objects.latest("created_at", "id").open_part("text")


def browser_of(case) -> Client:
    browser = Client()
    browser.force_login(case.user)
    return browser


def case_page(browser, case):
    return browser.get(reverse("applicants:progress_case", args=[case.reference]))


def look_up(browser, reference, email):
    return browser.post(reverse("applicants:progress"), {"reference": reference, "email": email})


def shaped(case, reference="ZJ-2026-7K4M-9Q"):
    type(case).objects.filter(pk=case.pk).update(reference=reference)
    case.reference = reference
    return case


@pytest.mark.parametrize("state", SUBMITTED_STATES)
def test_every_state_has_plain_words_a_next_step_and_a_phone(state):
    case = make_application(state=state)
    page = words(case_page(browser_of(case), case))
    assert "下一步" in page
    assert "有问题请致电" in page
    assert "受理" not in page
    assert ("/withdraw/" in page) is (state in OPEN_STATES)
    assert "王小明" not in page, "the name is masked"


@pytest.mark.parametrize("state", [State.REFUSED, State.WITHDRAWN, State.EXPIRED])
def test_an_ended_case_stopped_in_a_stage_that_had_begun(state):
    case = make_application(state=state)
    page = words(case_page(browser_of(case), case))
    assert '协会审查<span class="visually-hidden">（到此结束）' in page
    assert '中注协复核<span class="visually-hidden">（未开始）' in page


def test_a_case_withdrawn_from_the_national_check_stopped_there():
    case = make_application(state=State.SENT)
    actor = make_actor(user_id=case.user_id)
    withdraw_application(actor=actor, application_id=case.pk, version=case.version, now=NOW)
    page = words(case_page(browser_of(case), case))
    assert '协会审查<span class="visually-hidden">（已完成）' in page
    assert '中注协复核<span class="visually-hidden">（到此结束）' in page


def test_days_used_of_days_allowed(time_machine):
    case = make_application()
    time_machine.move_to(NOW + timedelta(days=9), tick=False)
    page = words(case_page(browser_of(case), case))
    assert "第 7 个工作日，共 20 个" in page
    assert "2026年3月30日" in page


def test_member_number_is_shown_after_admission():
    case = make_application(state=State.CONFIRMED)
    assert case.membership.number in words(case_page(browser_of(case), case))


def test_refusal_says_reason_clause_and_remedy():
    case = make_application(state=State.REFUSED)
    page = words(case_page(browser_of(case), case))
    for part in ("理由", "依据", "申诉"):
        assert part in page


def test_provisional_date_is_marked(time_machine):
    from datetime import UTC, datetime

    case = make_application(submitted_at=datetime(2027, 12, 20, 2, 0, tzinfo=UTC))
    time_machine.move_to(datetime(2027, 12, 21, 2, 0, tzinfo=UTC), tick=False)
    assert "暂定" in words(case_page(browser_of(case), case))


def test_reference_and_code_open_the_case_without_an_account(client):
    case = shaped(make_application())
    assert look_up(client, " zj-2026-7k4m-9q ", case.user.email).url == reverse("applicants:progress_code")
    code = re.search(r"\b(\d{6})\b", latest_mail()).group(1)
    response = client.post(reverse("applicants:progress_code"), {"code": code})
    page = words(client.get(response.url))
    assert case.reference in page
    assert "审查" in page
    other = make_application()
    assert case_page(client, other).status_code == 302, "one code opens one case"


def test_proved_reference_closes_again(client, time_machine):
    case = shaped(make_application())
    look_up(client, case.reference, case.user.email)
    code = re.search(r"\b(\d{6})\b", latest_mail()).group(1)
    client.post(reverse("applicants:progress_code"), {"code": code})
    time_machine.move_to(NOW + timedelta(minutes=31), tick=False)
    assert case_page(client, case).status_code == 302


def test_found_and_not_found_are_alike_in_words_and_work():
    case = shaped(make_application())
    make_user("somebody@example.org")
    pages, queries = [], []
    for reference, email in (
        (case.reference, case.user.email),
        (case.reference, "somebody@example.org"),
        ("ZJ-2026-XXXX-XX", case.user.email),
        ("ZJ-2026-XXXX-XX", "nobody@example.org"),
    ):
        browser = Client()
        with CaptureQueriesContext(
            connection,
        ) as captured:
            response = look_up(browser, reference, email)
        page = words(browser.get(response.url))
        pages.append(re.sub(r"csrfmiddlewaretoken.*?>", "", page.replace(reference, "R").replace(email, "E")))
        queries.append(len(captured))
    assert len(set(pages)) == 1
    assert len(set(queries)) == 1


def test_code_of_a_case_that_is_not_theirs_opens_nothing(client):
    case = shaped(make_application())
    look_up(client, case.reference, "somebody@example.org")
    codes = re.findall(r"\b(\d{6})\b", latest_mail())
    for code in codes or ["123456"]:
        page = client.post(reverse("applicants:progress_code"), {"code": code})
        assert page.status_code == 200
    assert case_page(client, case).status_code == 302


@pytest.mark.parametrize("reference", ["", "7K4M", "ZJ-2026-7K4M", "<script>"])
def test_misshapen_reference_gets_a_sentence(client, reference):
    assert "ZJ-2026-7K4M-9Q" in words(look_up(client, reference, "a@example.org"))
    assert not Message.objects.exists()


def test_signed_in_applicants_see_their_cases():
    case = make_application()
    assert case.reference in words(browser_of(case).get(reverse("applicants:progress")))


def ask(case, *items):
    request_correction(actor=reviewer(), application_id=case.pk, version=case.version, items=items, now=NOW)
    case.refresh_from_db()


def test_correction_page_shows_what_is_asked_and_only_that():
    case = make_application()
    ask(case, ("employer", "请写营业执照上的全称"), ("photo", "请换白底照片"))
    browser = browser_of(case)
    page = words(browser.get(reverse("applicants:answer", args=[case.reference])))
    assert "请写营业执照上的全称" in page
    assert 'name="employer"' in page
    assert 'name="photo"' in page
    assert 'name="name"' not in page
    assert 'name="phone"' not in page
    assert "请写营业执照上的全称" in words(case_page(browser, case))


def test_correction_is_answered_in_the_browser():
    from django.core.files.uploadedfile import SimpleUploadedFile

    case = make_application()
    ask(case, ("phone", "空号"), ("photo", "请换白底照片"))
    browser, address = browser_of(case), reverse("applicants:answer", args=[case.reference])
    page = words(browser.post(address, {"version": case.version, "phone": "123"}))
    assert "13800138000" in page
    assert "请选择一张照片" in page
    assert 'value="123"' in words(browser.get(address)), "what was typed is kept"
    photo = SimpleUploadedFile("a.png", picture_bytes(picture(600, 800)), "image/png")
    response = browser.post(address, {"version": case.version, "phone": "13900139000", "photo": photo})
    assert "补正已提交" in words(browser.get(response.url))
    case.refresh_from_db()
    assert (case.state, case.answers["phone"]) == (State.SUBMITTED, "+8613900139000")
    again = browser.post(address, {"version": case.version, "phone": "13900139001"})
    assert "已经提交过" in words(browser.get(again.url))


@pytest.mark.parametrize(
    "field",
    [
        "name",
        "identity_type",
        "identity_number",
        "sex",
        "birth_on",
        "identity_country",
        "certificate_number",
        "certificate_on",
        "association",
        "phone",
        "employer",
        "photo",
        "declarations",
    ],
)
def test_every_field_can_be_asked_for(field):
    case = make_application()
    ask(case, (field, "请核对"))
    page = browser_of(case).get(reverse("applicants:answer", args=[case.reference]))
    assert page.status_code == 200
    assert "请核对" in words(page)
    assert re.search(r'<(input|select|textarea)[^>]+name="(?!csrf|version|language|next)', words(page))


def test_withdrawal_asks_once_more():
    case = make_application()
    browser, address = browser_of(case), reverse("applicants:withdraw", args=[case.reference])
    assert "确定撤回" in words(browser.get(address))
    response = browser.post(address, {"version": case.version})
    assert "您已撤回申请" in words(browser.get(response.url))
    assert browser.get(address).status_code == 302


def test_withdrawal_from_a_stale_page_changes_nothing():
    case = make_application()
    address = reverse("applicants:withdraw", args=[case.reference])
    browser = browser_of(case)
    response = browser.post(address, {"version": case.version - 1})
    assert "没有撤回" in words(browser.get(response.url))
    case.refresh_from_db()
    assert case.state == State.SUBMITTED


def test_lost_session_keeps_a_typed_correction(client):
    case = make_application()
    ask(case, ("employer", "请写全称"))
    address = reverse("applicants:answer", args=[case.reference])
    response = client.post(address, {"version": case.version, "employer": "杭州某某会计师事务所"})
    assert response.url == reverse("applicants:email")
    client.post(response.url, {"email": case.user.email})
    code = re.search(r"\b(\d{6})\b", latest_mail()).group(1)
    back = client.post(reverse("applicants:code"), {"code": code})
    assert back.url == address
    assert "杭州某某会计师事务所" in words(client.get(address))


def test_sign_in_from_the_lookup_leads_back_to_it(client):
    case = make_application()
    client.get(reverse("applicants:email"), {"to": "progress"})
    client.post(reverse("applicants:email"), {"email": case.user.email})
    code = re.search(r"\b(\d{6})\b", latest_mail()).group(1)
    back = client.post(reverse("applicants:code"), {"code": code})
    assert case.reference in words(client.get(back.url))


def test_members_are_told_that_they_need_not_apply():
    case = make_application(state=State.CONFIRMED)
    page = words(browser_of(case).get(reverse("applicants:apply")))
    assert "您已经是会员" in page
    assert case.membership.number in page
