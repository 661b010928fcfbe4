"""Checking a certificate in a real browser: phone and desk, scripts on and off, both languages."""

import pytest

from apps.core.clock import now as present
from apps.documents.services import read_file
from apps.people.services import link_user
from tests.factories.accounts import make_user
from tests.support.accessibility import faults_of
from tests.support.browser import press

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

    def verdict(field, value, button):
        page.goto("/verify/")
        if field == "file":
            page.set_input_files("input[name=file]", tmp_path / value)
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
