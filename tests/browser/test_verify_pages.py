"""Checking a certificate in a real browser: phone and desk, scripts on and off, both languages."""

import pytest
from playwright.sync_api import expect

from apps.certificates.selectors.statements import Statement
from apps.certificates.services.page import check_address
from apps.core.clock import now as present
from apps.documents.services import read_file
from apps.people.services import link_user
from tests.factories.accounts import make_user
from tests.factories.verification import make_link
from tests.support.accessibility import faults_of
from tests.support.browser import press
from tests.verification.pictures import encoded, screenshot

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [320, 1024])
@pytest.mark.parametrize("language", ["zh-CN", "en-GB"])
def test_verdict_is_accessible(visit, certificate, width, language):
    reader = visit(width=width, language=language)
    assert faults_of(reader, ["/verify/", f"/v/{certificate.code}"]) == []


@pytest.mark.parametrize("scripts", [True, False])
def test_anybody_checks_by_code_by_file_and_by_number(visit, certificate, tmp_path, scripts):
    reader = visit(width=360, scripts=scripts)
    page, membership = reader.page, certificate.membership
    (tmp_path / "certificate.pdf").write_bytes(read_file(certificate.file))
    changed = bytearray(read_file(certificate.file))
    changed[len(changed) // 3] ^= 1
    (tmp_path / "changed.pdf").write_bytes(changed)

    (tmp_path / "code.png").write_bytes(encoded(screenshot(check_address(Statement(**certificate.statement)))))

    def verdict(field, value, button):
        page.goto("/verify/")
        if field in {"file", "picture"}:
            page.set_input_files(f"input[name={field}]", tmp_path / value)
        elif field == "number":
            page.fill("input[name=number]", value)
            page.fill("input[name=name]", "王芳")
        else:
            page.fill("input[name=code]", value)
        press(page, button, exact=True)
        return page.locator(".verdict-word").inner_text().strip()

    assert verdict("code", certificate.code.lower(), "查验") == "有效"
    assert verdict("file", "certificate.pdf", "查验文件") == "有效"
    assert verdict("file", "changed.pdf", "查验文件") == "被改动"
    assert verdict("picture", "code.png", "查验图片") == "有效"
    assert verdict("number", membership.number, "查验会员") == "有效"


def test_member_downloads_the_certificate(visit, sign_in, certificate):
    user = make_user()
    link_user(user_id=user.pk, person_id=certificate.membership.person_id, now=present())
    reader = visit(width=360)
    sign_in(reader, user)
    reader.page.goto("/account/")
    with reader.page.expect_download() as download:
        reader.page.get_by_role("link", name="下载电子会员证").click()
    assert download.value.suggested_filename == "非执业会员证-王芳.pdf"


CAMERA = """
window.BarcodeDetector = class { async detect() { return window.seen ? [{ rawValue: window.seen }] : []; } };
Object.defineProperty(navigator, "mediaDevices", { value: {
  getUserMedia: async () => document.createElement("canvas").captureStream(),
} });
"""


def test_camera_opens_ours_and_names_the_host_of_any_other(visit, certificate):
    page = visit(width=360).page
    page.add_init_script(CAMERA)
    page.goto("/verify/")
    start = page.get_by_role("button", name="打开摄像头扫描")
    start.click()
    expect(page.locator(".camera video")).to_be_visible()
    page.evaluate("window.seen = 'https://evil.example/v/x'")
    expect(page.locator(".camera-status")).to_contain_text("evil.example")
    page.evaluate("path => { window.seen = location.origin + path; }", f"/v/{certificate.code}")
    start.click()
    page.wait_for_url(f"**/v/{certificate.code}")


def test_link_is_opened_by_its_button_and_its_page_speaks_english_when_asked(visit, certificate):
    user = make_user()
    link_user(user_id=user.pk, person_id=certificate.membership.person_id, now=present())
    link = make_link(certificate.membership_id, user)
    reader = visit(width=360, scripts=False)
    page = reader.page
    page.goto(f"/s/{link.secret}")
    page.get_by_role("button", name="English").click()
    page.get_by_role("button", name="Open", exact=True).click()
    expect(page.get_by_text("王芳", exact=True)).to_be_visible()
    assert page.locator("main img").evaluate("image => image.naturalWidth") > 0
