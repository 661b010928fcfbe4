"""A member asks for an English letter, two officers decide, the portal seals it, a stranger checks it; no scripts."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.urls import reverse

from apps.accounts.enums import Role
from apps.core import clock
from apps.letters.enums import State
from apps.letters.models import Letter
from apps.people.services import link_user
from tests.factories.accounts import make_officer
from tests.factories.letters import make_asker, national_key
from tests.factories.people import make_person
from tests.support.browser import press

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def people():
    national_key()
    users = {"member": get_user_model().objects.get(pk=make_asker("吕思源", email="lyu@example.org").user_id)}
    for name in ("first", "second"):
        users[name] = make_officer(f"{name}@example.org", role=Role.RECHECKER, association_code="000000")
        link_user(user_id=users[name].pk, person_id=make_person(name="林岚").pk, now=clock.now())
    return users


def ask(page) -> str:
    """The reference."""
    page.goto(reverse("dashboard:account"))
    page.get_by_role("link", name="会员资格英文证明").click()
    page.get_by_role("link", name="申请证明").click()
    page.check("input[name=addressee_kind][value=named]")
    page.fill("input[name=addressee]", "CPA Australia")
    page.check("input[name=purpose][value=body]")
    page.check("input[name=spelling_is_right]")
    press(page, "下一步：核对")
    assert "请选择收件单位所在的国家或地区" in page.content()
    page.select_option("select[name=country]", "AUS")
    page.check("input[name=consent]")
    press(page, "下一步：核对")
    assert "LYU Siyuan" in page.content()
    press(page, "提出申请")
    return page.locator(".receipt-reference").inner_text()


def test_member_asks_two_officers_decide_member_downloads_stranger_checks(visit, sign_in, people):
    readers = {
        name: visit(width=width, scripts=False) for name, width in (("member", 360), ("first", 1024), ("second", 1024))
    }
    for name, reader in readers.items():
        sign_in(reader, people[name])
    member, first, second = (readers[name].page for name in ("member", "first", "second"))
    reference = ask(member)
    for page, button in ((first, "拟出具，送批准"), (second, "批准，出具证明")):
        page.goto(reverse("letters:office") + ("" if page is first else "?pile=approve"))
        page.get_by_role("link", name="吕思源").click()
        press(page, button)
    letter = Letter.objects.get()
    assert (letter.reference, letter.state) == (reference, State.ISSUED)
    link = re.search(r"https?://\S+(/account/letters/\S+/)", mail.outbox[-1].body).group(1)
    member.goto(link)
    with member.expect_download() as download:
        member.get_by_role("link", name="下载证明（PDF）").click()
    assert download.value.suggested_filename == f"CICPA-letter-{reference}.pdf"
    stranger = visit(width=360, scripts=False, language="en").page
    stranger.goto(reverse("verification:check", args=[letter.code]))
    assert "Valid" in stranger.locator(".verdict-word").inner_text()
    assert "吕**" in stranger.content() and "Siyuan" not in stranger.content()
