"""A candidate from abroad, in English from the first question to the certificate: the national body is found by the
document, decided upon by two of its officers, sealed with its one seal."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from apps.applicants.models import Application
from apps.applicants.services.batches import send_batch
from apps.applicants.services.national import confirm_application
from apps.applicants.services.review import agree_application
from apps.certificates.models import Certificate
from apps.certificates.services import issue_certificate
from tests.applicants.test_apply_journey import TICKS, boxes, check_version, latest_code, photo, post
from tests.factories.applicants import DOCUMENT_NUMBER, SYSTEM, arguments, make_passer, open_batch, rechecker, reviewer
from tests.factories.candidates import NOW
from tests.factories.certificates import NATIONAL, seal_keys

pytestmark = pytest.mark.django_db
HAN = re.compile(r"[一-鿿]+")
NUMBER = "QZ249900041"
IDENTITY = {
    "name": "Tan Wei Ming",
    "identity_type": "passport",
    "identity_number": "e1234567k",
    "identity_country": "SGP",
    "sex": "male",
}


@pytest.fixture
def browser(time_machine):
    time_machine.move_to(NOW, tick=False)
    return Client(headers={"accept-language": "en"})


def english(response) -> str:
    """The words of a page, in which nothing is left in Chinese."""
    page = response.content.decode()
    main = re.sub(r"<[^>]+>", " ", page[page.index("<main") : page.index("</main>")]).replace(DOCUMENT_NUMBER, "")
    assert not HAN.findall(main), HAN.findall(main)
    return " ".join(main.split())


def get(browser, name, *args):
    return english(browser.get(reverse(f"applicants:{name}", args=args)))


def answer_questions(browser):
    english(browser.get("/apply/"))
    get(browser, "question", "practising")
    post(browser, "question", {"practising": "never"}, "practising")
    get(browser, "question", "certificate")
    post(browser, "question", {"has_certificate": "yes"} | boxes("certificate_on", 2024, 12, 20), "certificate")
    get(browser, "question", "document")
    post(browser, "question", {"identity_type": "passport"}, "document")
    assert "you belong to CICPA itself" in get(browser, "eligibility")
    post(browser, "eligibility")
    get(browser, "email")
    post(browser, "email", {"email": "tan@example.org"})
    get(browser, "code")
    browser.get(post(browser, "code", {"code": latest_code()}).url)


def fill_in(browser):
    for page in ("identity", "certificate", "association", "contact", "photo", "declarations"):
        get(browser, "page", page)
    missing = english(post(browser, "page", {"identity_type": "passport", "identity_number": "E1"}, "identity"))
    assert "passport" in missing.lower()
    post(browser, "page", IDENTITY | boxes("birth_on", 1990, 5, 3), "identity")
    post(browser, "page", {"certificate_number": NUMBER} | boxes("certificate_on", 2024, 12, 20), "certificate")
    assert "CICPA" in get(browser, "page", "association")
    post(browser, "page", {}, "association")
    assert "+" in english(post(browser, "page", {"phone": "9123"}, "contact"))
    post(browser, "page", {"phone": "+65 9123 4567"}, "contact")
    post(browser, "page", photo(), "photo")
    return post(browser, "page", TICKS, "declarations")


def test_from_the_first_question_to_the_certificate_in_english(browser):
    make_passer(
        certificate_number=NUMBER,
        name="TAN WEI MING",
        identity_type="passport",
        identity_number="E1234567K",
        province_code="000000",
    )
    answer_questions(browser)
    assert fill_in(browser).url == reverse("applicants:check")
    assert "Tan Wei Ming" in get(browser, "check")
    receipt = post(browser, "check", check_version(browser))
    assert "working days" in english(browser.get(receipt.url))
    case = Application.objects.get()
    assert (case.association_id, case.roll_match, case.language) == ("000000", "exact", "en")
    assert case.answers["phone"] == "+6591234567"
    assert "working days" in get(browser, "progress_case", case.reference)

    agree_application(**arguments(case, reviewer("000000")))
    case.refresh_from_db()
    later = NOW + timedelta(minutes=30)
    send_batch(actor=SYSTEM, batch_id=open_batch(case).pk, now=later)
    case.refresh_from_db()
    confirm_application(**arguments(case, rechecker(), now=later), document_number=DOCUMENT_NUMBER)
    case.refresh_from_db()
    seal_keys(NATIONAL)
    issue_certificate(case.membership_id, now=later)
    assert Certificate.objects.get(membership_id=case.membership_id).state == "issued"
    assert case.membership.number in get(browser, "progress_case", case.reference).replace(" ", "")


@pytest.mark.parametrize(
    ("kind", "number", "extra"),
    [
        ("hk_macau_permit", "H12345678", {}),
        ("hk_macau_permit", "M1234567801", {}),
        ("taiwan_permit", "12345678", {}),
        ("residence_permit_hmt", "810000199001010019", {}),
        ("foreign_pr", "USA110019850101", {}),
        ("passport", "E1234567K", {"identity_country": "MYS", "english_name": "CHAN Siu Ming"}),
    ],
)
def test_every_document_from_outside_leads_to_the_national_body(browser, kind, number, extra):
    answer_questions(browser)
    typed = {"name": "陳小明", "identity_type": kind, "identity_number": number, "sex": "male"} | extra
    response = post(browser, "page", typed | boxes("birth_on", 1990, 1, 1), "identity")
    assert response.status_code == 302, english(response)
    draft = Application.objects.select_related("data_key").get()
    assert draft.answers["association"] == "000000"
    assert draft.answers.get("english_name", "") == extra.get("english_name", "")
    page = browser.get(reverse("applicants:page", args=["association"])).content.decode()
    assert "<select" not in page[page.index("<main") : page.index("</main>")], "nothing to choose"


def test_a_chinese_name_with_a_passport_asks_for_the_name_in_english(browser):
    answer_questions(browser)
    typed = IDENTITY | {"name": "陳小明"} | boxes("birth_on", 1990, 1, 1)
    assert "as in your passport" in post(browser, "page", typed, "identity").content.decode()
    typed["english_name"] = "陳小明"
    assert "only letters" in post(browser, "page", typed, "identity").content.decode()


@pytest.mark.parametrize("digits", ["99", "81", "00"])
def test_any_two_digits_of_a_province_are_taken_from_abroad(browser, digits):
    answer_questions(browser)
    number = {"certificate_number": f"QZ24{digits}00041"} | boxes("certificate_on", 2024, 12, 20)
    assert post(browser, "page", number, "certificate").status_code == 302
    assert date(2024, 12, 20).isoformat() == Application.objects.get().answers["certificate_on"]
