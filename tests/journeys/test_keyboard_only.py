"""Without a mouse: apply, decide, download, search, check. The focus is seen at every stop, and nothing holds it."""

import re

import pytest
import time_machine
from django.core import mail
from django.urls import reverse

from apps.accounts.enums import Role
from apps.applicants.enums import State
from apps.applicants.models import Application
from apps.core.clock import now as present
from apps.people.services import link_user
from tests.factories.accounts import make_officer, make_user
from tests.factories.applicants import DOCUMENT_NUMBER, NOW, make_application, make_passer, minutes_pass
from tests.factories.documents import picture, picture_bytes
from tests.factories.members import make_cpa
from tests.factories.people import make_person
from tests.support.keyboard import Keyboard

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def keyboard(visit):
    """`keyboard(width=360)` is a reader without a mouse; `keyboard(...).reader` signs in as others do."""
    readers = []

    def start(**look) -> Keyboard:
        readers.append(Keyboard(visit(**look)))
        readers[-1].reader.expected_statuses = {422}
        return readers[-1]

    yield start
    faults = [fault for one in readers for fault in one.faults]
    assert not faults, "\n".join(faults)


def submit_button(page):
    return page.locator("main form button").first


def proceed(keys: Keyboard) -> None:
    """Press the page's button; the next page begins with the skip link, or with its mistakes."""
    keys.activate(submit_button(keys.page))
    if not keys.page.locator(".error-summary").count():
        keys.skip_to_content()


def answer_questions(keys: Keyboard) -> None:
    page = keys.page
    keys.open("/apply/")
    keys.walk_round()
    keys.activate(page.locator("main .actions a.btn").last)
    keys.skip_to_content()
    proceed(keys)
    keys.mend()
    keys.choose(page.locator("[name=practising][value=never]"))
    proceed(keys)
    keys.choose(page.locator("[name=has_certificate][value=yes]"))
    proceed(keys)
    keys.mend()
    fill_date(keys, "certificate_on", "2024", "12", "20", begun=True)
    proceed(keys)
    keys.choose(page.locator("[name=identity_type][value=resident_id]"))
    proceed(keys)
    proceed(keys)


def fill_date(keys: Keyboard, name: str, *parts: str, begun: bool = False) -> None:
    """`begun`: the focus is in the first box already."""
    for box, text in zip(("year", "month", "day"), parts, strict=True):
        place = keys.page.locator(f"[name={name}_{box}]")
        if begun and box == "year":
            keys.page.keyboard.type(text)
        else:
            keys.type_into(place, text)


def sign_in_by_code(keys: Keyboard) -> None:
    keys.type_into(keys.page.locator("[name=email]"), "wang@example.org")
    proceed(keys)
    keys.type_into(keys.page.locator("[name=code]"), re.search(r"\b(\d{6})\b", mail.outbox[-1].body).group(1))
    proceed(keys)
    keys.activate(keys.page.locator("main .actions a.btn").first)
    keys.skip_to_content()


def fill_in(keys: Keyboard, passer) -> None:
    page = keys.page
    proceed(keys)
    keys.mend()
    keys.page.keyboard.type(passer.name)
    keys.type_into(page.locator("[name=identity_number]"), passer.identity_number)
    proceed(keys)
    keys.type_into(page.locator("[name=certificate_number]"), passer.certificate_number)
    proceed(keys)
    proceed(keys)
    keys.type_into(page.locator("[name=phone]"), "13800138000")
    proceed(keys)
    photo = {"name": "IMG.png", "mimeType": "image/png", "buffer": picture_bytes(picture(600, 800))}
    keys.attach(page.locator("input[name=photo]"), photo)
    proceed(keys)
    proceed(keys)
    for box in page.locator("main form input[type=checkbox]").all():
        keys.tick(box)
    proceed(keys)


def test_apply(keyboard):
    keys, passer = keyboard(width=360, height=740), make_passer()
    answer_questions(keys)
    sign_in_by_code(keys)
    fill_in(keys, passer)
    keys.walk_round()
    keys.open("/apply/check/")
    proceed(keys)
    assert Application.objects.get().reference in keys.page.locator(".receipt-reference").inner_text()
    keys.walk_round()


@pytest.fixture
def officer(keyboard, sign_in):
    """`officer(role, association)`: a keyboard at that desk."""

    def sit(email, role, association) -> Keyboard:
        keys, user = keyboard(width=1024, height=768), make_officer(email, role=role, association_code=association)
        link_user(user_id=user.pk, person_id=make_person().pk, now=present())
        sign_in(keys.reader, user)
        return keys

    return sit


def agree(keys: Keyboard, case: Application) -> None:
    page = keys.page
    keys.open("/office/applications/")
    keys.walk_round()
    keys.activate(page.get_by_role("link", name=case.answers["name"]))
    keys.skip_to_content()
    keys.walk_round()
    keys.open(reverse("applicants:case", args=[case.reference]))
    for box in page.locator("main form input[type=checkbox]").all():
        keys.tick(box)
    keys.activate(page.get_by_role("button", name="同意，报中注协复核"))


def send(keys: Keyboard) -> str:
    page = keys.page
    minutes_pass()
    keys.open("/office/batches/")
    link = page.locator("main a[href*='/office/batches/ZJ']").first
    number = link.inner_text().strip()
    keys.activate(link)
    keys.skip_to_content()
    keys.walk_round()
    keys.activate(page.get_by_role("button", name="报送 1 件"))
    return number


def confirm(keys: Keyboard, number: str, case: Application) -> None:
    page = keys.page
    keys.open("/office/recheck/")
    keys.activate(page.get_by_role("link", name=number))
    keys.skip_to_content()
    keys.activate(page.get_by_role("button", name="复核通过，公告并编号"))
    keys.mend()
    keys.walk_round()
    keys.open(reverse("applicants:recheck_batch", args=[number]))
    keys.tick(page.get_by_label(f"选择 {case.reference}"))
    keys.type_into(page.get_by_label("批复文号"), DOCUMENT_NUMBER)
    keys.activate(page.get_by_role("button", name="复核通过，公告并编号"))


def test_decide(officer):
    with time_machine.travel(NOW, tick=True):
        case = make_application()
        reviewer = officer("first@example.org", Role.REVIEWER, "330000")
        agree(reviewer, case)
        number = send(reviewer)
        confirm(officer("second@example.org", Role.RECHECKER, "000000"), number, case)
        case.refresh_from_db()
        assert case.state == State.CONFIRMED


def test_download(keyboard, sign_in, certificate):
    user = make_user()
    link_user(user_id=user.pk, person_id=certificate.membership.person_id, now=present())
    keys = keyboard(width=360, height=740)
    sign_in(keys.reader, user)
    keys.open("/account/")
    keys.walk_round()
    keys.open("/account/")
    keys.go_to(keys.page.get_by_role("link", name="下载电子会员证"))
    with keys.page.expect_download() as download:
        keys.page.keyboard.press("Enter")
    assert download.value.suggested_filename.endswith(".pdf")


def test_search(keyboard):
    make_cpa("王小明", number="330000120001")
    keys = keyboard(width=360, height=740)
    keys.open("/")
    keys.walk_round()
    keys.open("/register/")
    proceed(keys)
    keys.type_into(keys.page.locator("[name=name]"), "王小明")
    proceed(keys)
    assert "3300" in keys.page.get_by_role("row", name="王小明").inner_text()
    keys.walk_round()


def test_verify(keyboard, certificate):
    keys = keyboard(width=360, height=740)
    keys.open("/verify/")
    proceed(keys)
    keys.mend()
    keys.page.keyboard.type(certificate.code.lower())
    keys.page.keyboard.press("Enter")
    keys.page.wait_for_selector(".verdict-word")
    assert keys.page.locator(".verdict-word").inner_text().strip() == "有效"
    keys.skip_to_content()
    keys.walk_round()
