"""The other ways in, in a real browser, each in both languages: a former CPA, somebody late, somebody from abroad; and
what the browser's back button and a stale page come to: one outcome, told politely."""

import re

import pytest
import time_machine
from django.core import mail
from playwright.sync_api import expect

from apps.applicants.enums import State
from apps.applicants.models import Application, Step
from tests.factories.applicants import NOW, make_application, make_passer, rechecker, reviewer
from tests.factories.documents import picture, picture_bytes
from tests.factories.people import resident_id
from tests.factories.routes import cpa_with
from tests.support.browser import press
from tests.support.desk import desk  # noqa: F401

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NO_GROUND = ("capacity", "truth")
GROUNDS = ("criminal", "penalty", "revoked", "cancelled", "expelled")


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(NOW, tick=True):
        yield


def former() -> dict:
    identity = resident_id()
    cpa_with(identity)
    return {
        "practising": "stopped",
        "stopped_on": ("2024", "6", "30"),
        "has_certificate": "no",
        "name": "王小明",
        "identity_number": identity,
        "cpa_number": "330000120001",
        "association": "330000",
    }


def late() -> dict:
    return {
        "certificate_on": ("2019", "1", "10"),
        "name": "王小明",
        "identity_number": resident_id(),
        "certificate_number": "QZ183300001",
        "association": "330000",
    }


def overseas() -> dict:
    passer = make_passer(name="TAN WEI MING", identity_type="passport", identity_number="E1234567K")
    return {
        "certificate_on": ("2024", "12", "20"),
        "identity_type": "passport",
        "name": "TAN Wei Ming",
        "identity_number": "E1234567K",
        "identity_country": "SGP",
        "birth_on": ("1990", "5", "3"),
        "sex": "male",
        "certificate_number": passer.certificate_number,
        "phone": "+65 9123 4567",
    }


LEADS_TO = {former: ("ex_practising", "330000"), late: ("late", "330000"), overseas: ("fresh_passer", "000000")}
USUAL = {"practising": "never", "has_certificate": "yes", "identity_type": "resident_id", "phone": "13800138000"}


class WayIn:
    """Fills in whatever a page asks, sends it, until the answers can be checked."""

    def __init__(self, reader, typed: dict):
        self.page, self.typed = reader.page, USUAL | typed | dict.fromkeys((*NO_GROUND, *GROUNDS), True)

    def go(self) -> None:
        self.page.goto("/apply/questions/practising/")
        for _page in range(20):
            if self.page.url.endswith("/apply/check/"):
                return
            self.answer()
        raise AssertionError(f"does not get on: {self.page.url}")

    def answer(self) -> None:
        page = self.page
        if page.url.endswith("/apply/tasks/"):
            page.locator("main .actions a.btn").first.click()
            page.wait_for_url(re.compile("/apply/(?!tasks)"))
            return
        for name in page.locator("main form [name]").evaluate_all("all => [...new Set(all.map(one => one.name))]"):
            self.fill(name)
        press(page)

    def fill(self, name: str) -> None:
        page, box = self.page, re.fullmatch(r"(\w+)_(year|month|day)", name)
        if name == "email":
            page.fill("[name=email]", "wang@example.org")
        elif name == "code":
            page.fill("[name=code]", re.search(r"\b(\d{6})\b", mail.outbox[-1].body).group(1))
        elif name == "photo" and not page.locator("main img").count():
            photo = {"name": "IMG.png", "mimeType": "image/png", "buffer": picture_bytes(picture(600, 800))}
            page.set_input_files("[name=photo]", photo)
        elif box and box.group(1) in self.typed:
            self.give(name, self.typed[box.group(1)][("year", "month", "day").index(box.group(2))])
        elif name in self.typed:
            self.give(name, self.typed[name])

    def give(self, name: str, value) -> None:
        field = self.page.locator(f"main [name={name}]")
        kind = field.first.evaluate("one => one.type")
        if not (kind == "radio" or field.first.is_visible()):
            return
        if kind == "radio":
            self.page.check(f"main [name={name}][value='{value}']")
        elif kind == "checkbox":
            field.check()
        elif kind == "select-one":
            field.select_option(value)
        else:
            field.fill(value)


@pytest.mark.parametrize(
    ("way", "language", "scripts", "width"),
    [
        (former, "zh-CN", False, 360),
        (former, "en", True, 1440),
        (late, "zh-CN", True, 360),
        (late, "en", False, 1440),
        (overseas, "zh-CN", False, 1440),
        (overseas, "en", True, 360),
    ],
    ids=lambda value: getattr(value, "__name__", str(value)),
)
def test_each_way_in_from_the_first_question_to_the_receipt(visit, way, language, scripts, width):
    reader = visit(width=width, scripts=scripts, language=language)
    WayIn(reader, way()).go()
    page = reader.page
    assert reader.overflow() <= 0
    press(page)
    page.wait_for_url("**/apply/receipt/**")
    case = Application.objects.get()
    expect(page.get_by_text(case.reference).first).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", {"zh-CN": "zh-hans", "en": "en"}[language])
    assert (case.route, case.association_id, case.state) == (*LEADS_TO[way], State.SUBMITTED)
    page.go_back()
    page.wait_for_load_state()
    if page.locator("main form button").count():  # a browser that shows what it kept; it is sent once more
        press(page)
    assert Application.objects.count() == 1 and Step.objects.filter(action="submit").count() == 1


class TestBackAndStale:
    """The page before the decision shows up again, and what is pressed on it."""

    def test_agreeing_once_more_after_the_back_button_changes_nothing(self, visit, desk):  # noqa: F811
        case = make_application()
        desk(reviewer())
        page = visit(scripts=False).page
        page.goto(f"/office/applications/{case.reference}/")
        press(page, "同意，报中注协复核")
        page.get_by_text("已同意").first.wait_for()
        page.go_back()
        again = page.get_by_role("button", name="同意，报中注协复核")
        if again.count():  # a browser that shows what it kept; else it has asked anew, and there is no button
            press(page, "同意，报中注协复核")
        page.get_by_text(case.reference).first.wait_for()
        assert Step.objects.filter(application=case, action="agree").count() == 1
        assert Application.objects.get(pk=case.pk).state == State.AGREED

    def test_a_colleague_was_first_and_the_page_says_so(self, visit, desk):  # noqa: F811
        case = make_application()
        page = visit(language="en").page
        desk(reviewer())
        page.goto(f"/office/applications/{case.reference}/refuse/")
        page.locator("main [name=reason]").first.check()
        page.locator("main [name=note]").fill("Typed for a while.")
        Application.objects.filter(pk=case.pk).update(version=case.version + 1)
        desk(reviewer())
        with page.expect_navigation():
            page.locator("main form button").first.click()
        expect(page.locator("main [name=note]")).to_have_value("Typed for a while.")
        expect(page.locator("main")).to_contain_text("what you did had no effect")
        assert Application.objects.get(pk=case.pk).state == State.SUBMITTED

    def test_confirming_once_more_after_the_back_button_makes_one_member(self, visit, desk):  # noqa: F811
        case = make_application(state=State.SENT)
        desk(rechecker())
        page = visit().page
        page.goto(f"/office/recheck/cases/{case.reference}/")
        page.locator("main [name=document_number]").fill("会协〔2026〕12号")
        press(page, "复核通过", exact=False)
        page.get_by_text("会员资格今日生效").first.wait_for()
        page.go_back()
        page.wait_for_load_state()
        again = page.get_by_role("button", name="复核通过")
        if again.count():
            press(page, "复核通过")
        page.get_by_text(case.reference).first.wait_for()
        assert Step.objects.filter(application=case, action="confirm").count() == 1
        assert Application.objects.get(pk=case.pk).state == State.CONFIRMED
