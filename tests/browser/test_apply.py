"""A candidate in a real browser: scripts on and off, phone and desk, from the first question to the receipt."""

import re

import pytest
from django.core import mail

from apps.applicants.models import Application
from tests.browser.test_public_pages import axe_findings
from tests.factories.applicants import make_passer
from tests.factories.documents import picture, picture_bytes
from tests.support.browser import press

pytestmark = pytest.mark.browser

DECLARATIONS = ("capacity", "criminal", "penalty", "revoked", "cancelled", "expelled", "truth")


class Candidate:
    """What a person does on these pages; every page is looked at on the way."""

    def __init__(self, reader, passer, *, judge):
        self.reader, self.page, self.passer, self.judge = reader, reader.page, passer, judge
        self.findings: list[str] = []

    def go(self):
        self.page.goto("/apply/")
        self.look("start")
        self.page.locator("main .actions a.btn").last.click()
        self.questions()
        self.account()
        self.fill_in()
        self.page.locator("main form button[type=submit]").click()
        self.look("receipt")

    def questions(self):
        self.choose("practising", "never")
        self.choose("has_certificate", "yes", certificate_on=("2024", "12", "20"))
        self.choose("identity_type", "resident_id")
        self.look("eligibility")
        self.proceed()

    def choose(self, name, value, **dates):
        self.look(name)
        self.page.check(f"input[name={name}][value={value}]")
        for field, boxes in dates.items():
            self.date(field, *boxes)
        self.proceed()

    def date(self, field, year, month, day):
        for box, text in (("year", year), ("month", month), ("day", day)):
            self.page.fill(f"input[name={field}_{box}]", text)

    def account(self):
        self.look("email")
        self.page.fill("input[name=email]", "wang@example.org")
        self.proceed()
        self.look("code")
        self.page.fill("input[name=code]", re.search(r"\b(\d{6})\b", mail.outbox[-1].body).group(1))
        self.proceed()
        self.look("tasks")
        self.page.locator("main .actions a.btn").first.click()

    def fill_in(self):
        self.proceed()
        self.look("identity-errors")
        self.page.fill("input[name=name]", self.passer.name)
        self.page.fill("input[name=identity_number]", self.passer.identity_number)
        self.proceed()
        self.look("certificate")
        self.page.fill("input[name=certificate_number]", self.passer.certificate_number)
        self.proceed()
        self.look("association")
        self.proceed()
        self.look("contact")
        self.page.fill("input[name=phone]", "13800138000")
        self.proceed()
        photo = {"name": "IMG.png", "mimeType": "image/png", "buffer": picture_bytes(picture(600, 800))}
        self.page.set_input_files("input[name=photo]", photo)
        self.proceed()
        self.look("photo")
        self.proceed()
        for name in DECLARATIONS:
            self.page.check(f"input[name={name}]")
        self.look("declarations")
        self.proceed()
        self.look("check")

    def proceed(self):
        press(self.page)

    def look(self, name):
        self.page.wait_for_load_state()
        if over := self.reader.overflow() if self.judge else 0:
            self.findings.append(f"{name}: {over} px too wide")
        if self.judge:
            self.findings += [f"{name}: {finding}" for finding in axe_findings(self.page)]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("width", "scripts"), [(360, False), (1440, True)])
def test_candidate_applies(visit, width, scripts):
    reader = visit(width=width, scripts=scripts)
    candidate = Candidate(reader, make_passer(), judge=scripts)
    candidate.go()
    case = Application.objects.get()
    assert case.reference in reader.page.content()
    assert case.roll_match == "exact"
    assert candidate.findings == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_pages_fit_a_small_phone_in_large_text(visit, language):
    reader = visit(width=320, language=language)
    reader.context.add_cookies([{"name": "text_size", "value": "large", "url": f"http://{reader.host}"}])
    candidate = Candidate(reader, make_passer(name="阿卜杜拉·买买提"), judge=True)
    candidate.go()
    reader.page.locator("main .actions a.btn").first.click()
    candidate.look("progress")
    assert candidate.findings == []
