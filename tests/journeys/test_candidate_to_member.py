"""The main job in Chromium and Firefox, scripts on and off: apply, two offices decide, admit, seal, check."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse

from apps.accounts.enums import Role
from apps.accounts.services import create_staff_account, enrol_totp
from apps.applicants.models import Application
from apps.associations.services import grant_seat
from apps.core import clock
from apps.core.actor import Actor
from apps.dashboard.management.journey.codes import authenticator_code
from apps.dashboard.management.journey.invented import portrait
from apps.members.models import Membership
from apps.people.services import link_user
from tests.factories.applicants import make_passer, minutes_pass
from tests.factories.certificates import seal_keys
from tests.factories.people import make_person
from tests.support.browser import press

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "correct-horse-battery"
CANDIDATE = "wang@example.org"


def make_officer(email, role, association):
    """An officer who can sign in for real; returns the authenticator's secret."""
    user = create_staff_account(email=email, display_name="经办员", password=PASSWORD, now=clock.now())
    grant_seat(
        actor=Actor.system("test"),
        user_id=user.pk,
        association_code=association,
        role=role,
        from_on=clock.today(),
        now=clock.now(),
    )
    link_user(user_id=user.pk, person_id=make_person().pk, now=clock.now())
    return enrol_totp(user, now=clock.now())


def mailed_code() -> str:
    return re.search(r"(?<!\d)\d{6}(?!\d)", mail.outbox[-1].body).group()


def sign_in_officer(page, email, secret):
    page.goto("/signin/?next=/office/")
    page.get_by_label("电子邮箱").check()
    page.get_by_label("编号或邮箱").fill(email)
    page.get_by_label("密码", exact=False).fill(PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    page.locator("[name=code]").fill(authenticator_code(secret))
    press(page)
    page.wait_for_url("**/office/")


def fill_date(page, name, day):
    for part, value in (("year", day.year), ("month", day.month), ("day", day.day)):
        page.locator(f"[name={name}_{part}]").fill(str(value))


def start_application(page, passer):
    page.goto("/")
    page.get_by_role("link", name="申请入会").first.click()
    page.get_by_role("link", name="开始", exact=True).click()
    page.locator("[name=practising][value=never]").check()
    press(page, "继续")
    page.locator("[name=has_certificate][value=yes]").check()
    fill_date(page, "certificate_on", passer.certificate_on)
    press(page, "继续")
    page.locator("[name=identity_type][value=resident_id]").check()
    press(page, "继续")
    assert "第三条" in page.locator("main").inner_text()
    press(page)
    page.locator("[name=email]").fill(CANDIDATE)
    press(page, "发送验证码")
    page.locator("[name=code]").fill(mailed_code())
    press(page, "登录并继续")


def fill_in_pages(page, passer):
    """Page by page, with one mistake on the way: what was typed stays, and the sentence says how to mend it."""
    page.goto("/apply/identity/")
    page.locator("[name=name]").fill(passer.name.replace("·", "•"))
    page.locator("[name=identity_type]").select_option("resident_id")
    page.locator("[name=identity_number]").fill("110105194912310023")
    press(page)
    assert page.locator(".error-summary a").first.is_visible()
    assert page.locator("[name=name]").input_value()
    page.locator("[name=identity_number]").fill(passer.identity_number.lower())
    press(page)
    page.locator("[name=certificate_number]").fill(passer.certificate_number.lower())
    press(page)
    assert page.locator("[name=association]").input_value() == "330000"
    press(page)
    page.locator("[name=phone]").fill("138 0013 8000")
    press(page)
    page.locator("[name=photo]").set_input_files({"name": "a.png", "mimeType": "image/png", "buffer": portrait()})
    press(page)
    page.goto("/apply/declarations/")
    for box in page.locator("main form input[type=checkbox]").all():
        box.check()
    press(page)


def submit(page, passer) -> str:
    page.goto("/apply/check/")
    assert passer.name in page.locator("main").inner_text()
    press(page, "提交申请")
    return page.locator(".receipt-reference").inner_text().strip()


@pytest.fixture(params=["chromium", "chromium without scripts", "firefox", "firefox without scripts"])
def reader(request, visit):
    """`reader(width=…)` is a page of a new reader with one of the browsers."""
    name, _, without = request.param.partition(" ")
    if name == "chromium":
        engine = request.getfixturevalue("browser")
    elif without:
        engine = request.getfixturevalue("scriptless_firefox")
        request.getfixturevalue("without_waiting_for_frames")
    else:
        engine = request.getfixturevalue("firefox")
    return lambda *, width, height: visit(width=width, height=height, scripts=not without, browser=engine).page


def agree_and_send(desk, secret, passer):
    """The association: from the work list to the decision, and the batch on its way."""
    sign_in_officer(desk, "first@example.org", secret)
    desk.goto("/office/applications/")
    desk.get_by_text(passer.name).first.click()
    press(desk, "同意，报中注协复核")
    assert not Membership.objects.exists(), "the province's agreement admits nobody"
    minutes_pass()
    desk.goto("/office/batches/")
    desk.locator("main a[href*='/office/batches/ZJ']").first.click()
    press(desk, "报送")


def confirm(desk, secret, reference) -> str:
    """The national body: the one case of the batch; returns the number that has arisen."""
    sign_in_officer(desk, "second@example.org", secret)
    batch = Application.objects.get(reference=reference).batch
    desk.goto(reverse("applicants:recheck_batch", args=[batch.number]))
    desk.locator("main form input[type=checkbox]").first.check()
    desk.locator("[name=document_number]").fill(f"会协[{clock.today().year}] 12 号")
    press(desk, "复核通过，公告并编号")
    return Membership.objects.get().number


def download_certificate(page, pdf):
    page.goto("/account/")
    with page.expect_download() as download:
        page.get_by_role("link", name="下载电子会员证").click()
    download.value.save_as(pdf)
    assert pdf.read_bytes().startswith(b"%PDF-")


def check_certificate(page, address, pdf, *, hidden):
    """Anybody, by code and by file: valid, and nothing of what is hidden."""
    page.goto(address)
    assert page.locator(".verdict-word").inner_text().strip() == "有效"
    words = page.locator("main").inner_text()
    assert not [secret for secret in hidden if secret in words]
    page.goto("/verify/")
    page.locator("input[name=file]").set_input_files(pdf)
    press(page, "查验文件")
    assert page.locator(".verdict-word").inner_text().strip() == "有效"


def test_candidate_becomes_member_with_a_sealed_certificate(reader, tmp_path):
    seal_keys()
    passer = make_passer(name="阿依古丽·𠮷", certificate_on=clock.today() - timedelta(days=100))
    first_secret = make_officer("first@example.org", Role.REVIEWER, "330000")
    second_secret = make_officer("second@example.org", Role.RECHECKER, "000000")
    candidate, pdf = reader(width=360, height=740), tmp_path / "certificate.pdf"

    start_application(candidate, passer)
    fill_in_pages(candidate, passer)
    reference = submit(candidate, passer)
    candidate.goto(f"/progress/{reference}/")
    assert "20" in candidate.locator("main").inner_text()

    agree_and_send(reader(width=1024, height=768), first_secret, passer)
    number = confirm(reader(width=1024, height=768), second_secret, reference)

    candidate.goto(f"/progress/{reference}/")
    assert number in candidate.locator(".receipt-reference").inner_text().replace(" ", "")
    download_certificate(candidate, pdf)
    address = candidate.locator("main a[href*='/v/']").first.get_attribute("href")
    check_certificate(reader(width=360, height=740), address, pdf, hidden=(passer.name, number))
