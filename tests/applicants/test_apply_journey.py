"""A candidate's way through /apply/, page by page, as a browser would go it, scripts or not."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from apps.applicants.models import Application
from apps.core.errors import NotPermitted
from apps.mail.models import Message
from tests.factories.applicants import make_passer
from tests.factories.candidates import NOW
from tests.factories.documents import picture, picture_bytes
from tests.factories.people import resident_id

pytestmark = pytest.mark.django_db
EMAIL = "wang@example.org"
TICKS = dict.fromkeys(("capacity", "criminal", "penalty", "revoked", "cancelled", "expelled", "truth"), "on")


@pytest.fixture(autouse=True)
def _on_a_working_day(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def browser():
    return Client()


def words(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def post(browser, name, data=None, *args):
    return browser.post(reverse(f"applicants:{name}", args=args), data or {})


def boxes(name, year, month, day):
    return {f"{name}_year": year, f"{name}_month": month, f"{name}_day": day}


def answer_questions(browser, *, certificate=(2024, 12, 20), document="resident_id", **practising):
    post(browser, "question", {"practising": "never"} | practising, "practising")
    post(browser, "question", {"has_certificate": "yes"} | boxes("certificate_on", *certificate), "certificate")
    return post(browser, "question", {"identity_type": document}, "document")


def latest_code() -> str:
    return re.search(r"\b(\d{6})\b", Message.objects.latest("created_at", "id").open_part("text")).group(1)


def sign_in(browser, email=EMAIL):
    assert post(browser, "email", {"email": email}).status_code == 302
    return post(browser, "code", {"code": latest_code()})


def start(browser, **answers):
    answer_questions(browser, **answers)
    assert post(browser, "eligibility").url == reverse("applicants:tasks")
    browser.get(reverse("applicants:tasks"))
    response = sign_in(browser)
    browser.get(response.url)
    return response


def identity(number, name="王小明", **changes):
    return {"name": name, "identity_type": "resident_id", "identity_number": number} | changes


def photo():
    return {"photo": SimpleUploadedFile("IMG_0001.PNG", picture_bytes(picture(600, 800)), "image/png")}


def fill_in(browser, number, certificate_number="QZ249900001", **changes):
    post(browser, "page", identity(number, **changes), "identity")
    certificate = {"certificate_number": certificate_number} | boxes("certificate_on", 2024, 12, 20)
    post(browser, "page", certificate, "certificate")
    post(browser, "page", {"association": "330000"}, "association")
    post(browser, "page", {"phone": "13800138000"}, "contact")
    post(browser, "page", photo(), "photo")
    return post(browser, "page", TICKS, "declarations")


def check_version(browser) -> dict:
    page = words(browser.get(reverse("applicants:check")))
    return {"version": re.search(r'name="version" value="(\d+)"', page).group(1)}


def test_whole_way_from_the_questions_to_the_receipt(browser):
    passer = make_passer(name="阿卜杜拉·买买提")
    result = browser.get(answer_questions(browser).url)
    assert "2029年12月20日" in words(result)
    assert "登记办法" in words(result)
    assert start(browser).url == reverse("applicants:tasks")
    assert "已完成 0 项，共 6 项" in words(browser.get(reverse("applicants:tasks")))

    response = post(browser, "page", identity(passer.identity_number, "阿卜杜拉．买买提"), "identity")
    assert response.url == reverse("applicants:page", args=["certificate"])
    response = post(browser, "page", {"certificate_number": passer.certificate_number.lower()}, "certificate")
    page = browser.get(response.url)
    assert "已按全科合格名单填入" in words(page)
    assert re.search(r'<option value="330000"\s+selected', words(page))
    post(browser, "page", {"association": "330000"}, "association")
    post(browser, "page", {"phone": "１３８００１３８０００"}, "contact")
    assert post(browser, "page", photo(), "photo").url == reverse("applicants:page", args=["photo"])
    assert browser.get(reverse("applicants:photo_file"))["Content-Type"] == "image/jpeg"
    assert post(browser, "page", {}, "photo").url == reverse("applicants:page", args=["declarations"])
    assert post(browser, "page", TICKS, "declarations").url == reverse("applicants:check")

    page = words(browser.get(reverse("applicants:check")))
    assert "阿卜杜拉·买买提" in page
    assert "2024年12月20日" in page
    receipt = post(browser, "check", check_version(browser))
    case = Application.objects.get()
    assert receipt.url == reverse("applicants:receipt", args=[case.reference])
    page = words(browser.get(receipt.url))
    assert case.reference in page
    assert "2026年3月30日" in page
    assert case.roll_match == "exact"
    assert post(browser, "check", {"version": "7"}).url == receipt.url, "a double click gets the same receipt"


@pytest.mark.parametrize(
    ("answers", "part"),
    [
        ({"practising": "wanted"}, "统一监管平台"),
        ({"practising": "now"}, "停止执业"),
        ({"certificate": (2021, 3, 1)}, "已经超过"),
        ({"document": "passport"}, "中国注册会计师协会（中注协）"),
    ],
)
def test_other_results_say_what_to_do(browser, answers, part):
    answer_questions(browser, **answers)
    assert part in words(browser.get(reverse("applicants:eligibility")))


def test_not_yet_without_certificate(browser):
    post(browser, "question", {"practising": "never"}, "practising")
    response = post(browser, "question", {"has_certificate": "no"}, "certificate")
    assert "取得注册会计师全国统一考试全科合格证之后" in words(browser.get(response.url))


def test_expired_route_opens_only_to_those_who_insist(browser):
    answer_questions(browser, certificate=(2019, 1, 1))
    assert post(browser, "eligibility").url == reverse("applicants:eligibility")
    assert post(browser, "eligibility", {"insist": "1"}).url == reverse("applicants:tasks")


def test_questions_get_a_sentence_where_nothing_is_chosen(browser):
    assert "请选择一项" in words(post(browser, "question", {}, "practising"))
    page = words(post(browser, "question", {"has_certificate": "yes"}, "certificate"))
    assert "请填写全科合格证上的日期" in page
    assert "error-summary" in page


def test_going_on_in_another_browser_loses_nothing(browser):
    start(browser)
    post(browser, "page", identity(resident_id()), "identity")
    post(browser, "page", {"certificate_number": "QZ24", "certificate_on_year": "2024"}, "certificate")
    elsewhere = Client()
    assert sign_in(elsewhere).url == reverse("applicants:tasks")
    assert "王小明" in words(elsewhere.get(reverse("applicants:page", args=["identity"])))
    page = words(elsewhere.get(reverse("applicants:page", args=["certificate"])))
    assert 'value="QZ24"' in page
    assert "日期不完整" in page, "what was typed and is not in order is there, too, with its sentence"


def test_lost_session_keeps_what_was_typed(browser):
    start(browser)
    number = resident_id()
    browser.cookies.pop("sessionid")
    response = post(browser, "page", identity(number, "欧阳·某"), "identity")
    assert response.url == reverse("applicants:email")
    assert "您刚才填写的内容还在" in words(browser.get(response.url))
    assert number not in str(dict(browser.session.items())), "personal data lies sealed in the session"
    response = sign_in(browser)
    assert response.url == reverse("applicants:page", args=["identity"])
    back = browser.get(response.url)
    assert back.status_code == 200, back.url
    page = words(back)
    assert "欧阳·某" in page
    assert number in page


def test_wrong_codes_are_counted_and_said(browser):
    answer_questions(browser)
    post(browser, "eligibility")
    post(browser, "email", {"email": EMAIL})
    right = latest_code()
    wrong = "000000" if right != "000000" else "111111"
    assert "还可以再试 4 次" in words(post(browser, "code", {"code": wrong}))
    for _guess in range(4):
        page = words(post(browser, "code", {"code": wrong}))
    assert "重新获取" in page
    assert "重新获取" in words(post(browser, "code", {"code": right})), "after five guesses even the right one is spent"


def test_bad_address_gets_a_sentence(browser):
    assert "wang@example.com" in words(post(browser, "email", {"email": "wang"}))


def test_stale_check_page_is_looked_at_again(browser):
    start(browser)
    fill_in(browser, resident_id())
    old = check_version(browser)
    post(browser, "page", {"phone": "13900139000"}, "contact")
    response = post(browser, "check", old)
    assert "另一个窗口" in words(browser.get(response.url))
    assert Application.objects.get().state == "draft"


def test_second_application_is_told_what_to_do(browser):
    number = resident_id()
    start(browser)
    fill_in(browser, number)
    post(browser, "check", check_version(browser))
    assert "您已有一件申请正在办理" in words(browser.get(reverse("applicants:apply")))
    other = Client()
    answer_questions(other)
    post(other, "eligibility")
    sign_in(other, "other@example.org")
    fill_in(other, number)
    response = post(other, "check", check_version(other))
    assert response.status_code == 409
    assert "请先撤回" in words(response)


def test_near_and_none_look_like_no_roll_at_all(browser):
    passer = make_passer()
    start(browser)
    post(browser, "page", identity(passer.identity_number, "王晓明"), "identity")
    near = post(browser, "page", {"certificate_number": passer.certificate_number}, "certificate")
    none = post(browser, "page", {"certificate_number": "QZ249999999"}, "certificate")
    strip = lambda page: re.sub(r"QZ\d+|csrfmiddlewaretoken.*?>", "", words(page))  # noqa: E731
    assert near.status_code == none.status_code == 200
    assert strip(near) == strip(none)


def test_document_from_abroad_fixes_the_association(browser):
    start(browser, document="passport")
    data = identity("E12345678", "Mary Smith", identity_type="passport", identity_country="SGP", sex="female")
    post(browser, "page", data | boxes("birth_on", 1990, 5, 3), "identity")
    page = words(browser.get(reverse("applicants:page", args=["association"])))
    assert "由中注协直接办理" in page
    assert 'name="association"' not in page
    assert Application.objects.get().answers["association"] == "000000"


def test_pages_of_others_do_not_exist(browser):
    start(browser)
    fill_in(browser, resident_id())
    reference = post(browser, "check", check_version(browser)).url.rstrip("/").split("/")[-1]
    other = Client()
    sign_in(other, "other@example.org")
    assert other.get(reverse("applicants:receipt", args=[reference])).status_code == 404
    assert other.get(reverse("applicants:withdraw", args=[reference])).status_code == 404
    assert other.get(reverse("applicants:progress_case", args=[reference])).url == reverse("applicants:progress")
    assert other.get(reverse("applicants:photo_file")).status_code == 404


def test_address_without_draft_begins_at_the_beginning(browser):
    sign_in(browser)
    assert browser.get(reverse("applicants:tasks")).url == reverse("applicants:apply")
    assert browser.get(reverse("applicants:page", args=["nonsense"])).status_code == 404


def test_draft_is_reached_after_the_code_is_out_of_date(browser, time_machine):
    start(browser)
    time_machine.move_to(NOW + timedelta(days=40), tick=False)
    elsewhere = Client()
    assert sign_in(elsewhere).url == reverse("applicants:tasks")


@pytest.mark.parametrize("version", ["", "x", "²", "9" * 5000, "-1"])
def test_version_that_is_no_number_is_stale(browser, version):
    start(browser)
    fill_in(browser, resident_id())
    assert post(browser, "check", {"version": version}).url == reverse("applicants:check")
    assert Application.objects.get().state == "draft"


def test_page_of_a_draft_that_was_just_submitted_is_told_so(browser, monkeypatch):
    start(browser)

    def submitted_meanwhile(*args, **kwargs):
        raise NotPermitted

    monkeypatch.setattr("apps.applicants.views.applicant.save_page", submitted_meanwhile)
    response = post(browser, "page", {"phone": "13800138000"}, "contact")
    assert "另一个窗口提交了" in words(browser.get(response.url))
