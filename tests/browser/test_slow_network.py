"""A slow line, no line, a session that ended while typing: nothing is done twice, nothing typed is lost."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from apps.applicants.enums import State
from apps.applicants.models import Application
from apps.mail.models import Message
from tests.factories.candidates import candidate, make_draft
from tests.support.stage import open_empty_draft

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SLOW = {"offline": False, "latency": 2500, "downloadThroughput": 50_000, "uploadThroughput": 20_000}
"""Two and a half seconds there and back: a lift, a train."""


@pytest.fixture(autouse=True)
def mail_waits(monkeypatch):
    monkeypatch.setattr("apps.mail.services.writing.wake_worker", lambda **_: None)


@pytest.fixture
def filled_in(visit, sign_in):
    """A reader before the button that submits a whole application."""

    def start(**looks):
        reader, actor = visit(width=360, **looks), candidate()
        make_draft(actor=actor)
        sign_in(reader, get_user_model().objects.get(pk=actor.user_id))
        reader.page.goto("/apply/check/")
        return reader

    return start


PRESS_TWICE = """() => {
    const bar = document.querySelector('.sending'), button = document.querySelector('main form .btn-primary')
    const note = () => sessionStorage.setItem('said', (sessionStorage.getItem('said') || '') + bar.textContent + '|')
    new MutationObserver(note).observe(bar, {childList: true})
    setTimeout(() => button.click(), 50)
    setTimeout(() => button.click(), 1500)
}"""
"""In the page itself, with what it says: Playwright answers no question while a page is being left."""


def throttle(reader) -> None:
    wire = reader.context.new_cdp_session(reader.page)
    wire.send("Network.enable")
    wire.send("Network.emulateNetworkConditions", SLOW)


def sent_forms(reader) -> list[str]:
    sent = []
    reader.page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    return sent


def submitted() -> int:
    return Application.objects.filter(state=State.SUBMITTED).count()


def test_on_a_slow_line_the_page_says_so_and_takes_no_second_press(filled_in):
    reader = filled_in()
    throttle(reader)
    sent, page = sent_forms(reader), reader.page
    page.evaluate(PRESS_TWICE)
    page.wait_for_url("**/apply/receipt/**", timeout=30_000)
    said = page.evaluate("sessionStorage.getItem('said')")
    assert said.index("正在提交") < said.index("已经提交过了")
    assert len(sent) == 1
    assert submitted() == 1


def test_without_scripts_two_presses_make_one_application(filled_in):
    reader = filled_in(scripts=False)
    throttle(reader)
    reader.page.get_by_role("button", name="提交申请").dblclick()
    reader.page.wait_for_url("**/apply/receipt/**", timeout=30_000)
    assert submitted() == 1


def test_without_a_network_nothing_is_sent_and_all_that_was_typed_stays(visit, sign_in):
    reader, actor = visit(width=360), candidate()
    open_empty_draft(actor)
    sign_in(reader, get_user_model().objects.get(pk=actor.user_id))
    page = reader.page
    page.goto("/apply/contact/")
    page.locator("[name=phone]").fill("13800138000")
    sent = sent_forms(reader)
    reader.context.set_offline(True)
    page.get_by_role("button", name="保存并继续").click()
    assert "没有网络" in page.locator(".sending").inner_text()
    assert sent == []
    reader.context.set_offline(False)
    expect(page.locator(".sending")).to_be_empty()
    page.get_by_role("button", name="保存并继续").click()
    page.wait_for_url(lambda url: "/contact/" not in url)
    assert Application.objects.get(user_id=actor.user_id).answers["phone"] == "+8613800138000"


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts on", "scripts off"])
def test_what_was_typed_when_the_session_ended_is_there_after_signing_in(visit, sign_in, scripts):
    reader, actor = visit(width=360, scripts=scripts), candidate()
    open_empty_draft(actor)
    user = get_user_model().objects.get(pk=actor.user_id)
    sign_in(reader, user)
    page = reader.page
    page.goto("/apply/identity/")
    page.get_by_label("姓名").fill("阿卜杜拉·买买提")
    Session.objects.all().delete()
    page.get_by_role("button", name="保存并继续").click()
    page.get_by_label("邮箱").fill(user.email)
    page.get_by_role("button", name="发送验证码").click()
    text = Message.objects.order_by("-created_at", "-id").first().open_part("text")
    page.locator("[name=code]").fill(re.search(r"\b(\d{6})\b", text).group(1))
    page.locator("main form button[type=submit]").click()
    assert page.url.endswith("/apply/identity/")
    assert page.get_by_label("姓名").input_value() == "阿卜杜拉·买买提"
