"""Signing in through a browser: an officer from an empty account to the office, scripts on and off."""

import re

import pytest
from django.urls import reverse

from apps.accounts.services import present_totp_code
from apps.core.clock import now as present
from apps.mail.models import Message
from tests.browser.test_public_pages import axe_findings
from tests.factories.accounts import make_officer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def mail_waits(monkeypatch):
    """Committed mail stays in its row, where the test reads the code."""
    monkeypatch.setattr("apps.mail.services.writing.wake_worker", lambda **_: None)


def newest_code() -> str:
    text = Message.objects.order_by("-created_at", "-id").first().open_part("text")
    return re.search(r"\b(\d{6})\b", text).group(1)


def check(reader, found: list) -> None:
    found += [f"{reader.page.url}: {finding}" for finding in axe_findings(reader.page)]
    if reader.overflow() > 0:
        found.append(f"{reader.page.url}: too wide")


@pytest.mark.parametrize(("width", "language"), [(360, "zh-CN"), (1440, "en")])
def test_sign_in_pages_have_no_accessibility_findings(visit, width, language):
    reader, found = visit(width=width, language=language), []
    for name in ("accounts:signin", "account_reset_password", "account_reset_password_done", "associations:directory"):
        reader.page.goto(reverse(name))
        check(reader, found)
    reader.page.goto(reverse("accounts:signin"))
    reader.page.locator("button[value=password]").click()
    check(reader, found)
    assert found == []


@pytest.mark.parametrize(("width", "scripts"), [(360, False), (1440, True)])
def test_officer_without_password_comes_in_and_sets_up_the_second_factor(visit, width, scripts):
    officer = make_officer()
    officer.set_unusable_password()
    officer.save()
    reader, found = visit(width=width, scripts=scripts), []
    page = reader.page
    page.goto("/office/")
    page.get_by_label("编号或邮箱").fill(officer.email)
    page.get_by_role("button", name="用邮箱验证码登录").click()
    if scripts:
        check(reader, found)
    page.get_by_label("六位验证码").fill(newest_code())
    page.get_by_role("button", name="登录").click()
    page.get_by_text("不能扫描").click()
    secret = page.locator("details code").inner_text()
    if scripts:
        check(reader, found)
    page.get_by_label("动态验证码").fill(code_of(secret))
    page.get_by_role("button", name="启用").click()
    assert page.locator("main li code").count() == 10
    if scripts:
        check(reader, found)
    page.get_by_role("link", name="已保存，进入办公首页").click()
    assert page.url.endswith("/office/")
    page.get_by_role("button", name="退出").click()
    page.goto("/office/")
    page.get_by_label("编号或邮箱").fill(officer.email)
    page.get_by_role("button", name="用邮箱验证码登录").click()
    page.get_by_label("六位验证码").fill(newest_code())
    page.get_by_role("button", name="登录").click()
    page.get_by_label("动态验证码").fill(present_totp_code(officer, now=present()))
    page.get_by_role("button", name="登录").click()
    assert page.url.endswith("/office/")
    assert found == []


def code_of(secret: str) -> str:
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

    return format_hotp_value(hotp_value(secret, int(present().timestamp()) // 30))
