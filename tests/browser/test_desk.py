"""The desk in a browser: a day by keyboard alone, lists of every length, small and large windows, scripts off."""

import pytest
import time_machine
from django.urls import reverse

from apps.applicants.enums import State
from apps.applicants.models import Application
from tests.applicants.test_work_list import many
from tests.factories.applicants import NOW, make_application, reviewer
from tests.support.accessibility import axe_findings
from tests.support.desk import desk  # noqa: F401

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LIST = "/office/applications/"


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(NOW, tick=True):
        yield


def stands_at(page) -> str:
    return page.evaluate("document.activeElement.closest('tr')?.querySelector('.row-reference')?.textContent ?? ''")


def test_the_officers_day_by_keyboard_alone(visit, desk):  # noqa: F811
    """Open the list, decide twenty cases, one of them opened by its row; the mouse is never touched."""
    for _case in range(20):
        make_application()
    desk(reviewer())
    page = visit(width=1024, height=768).page
    press = page.keyboard.press

    def go(key):
        with page.expect_navigation():
            press(key)

    page.goto(LIST)
    press("j")
    press("j")
    second = stands_at(page)
    press("k")
    assert stands_at(page) != second
    go("Enter")
    for number in range(20):
        press("a")
        assert page.evaluate("document.activeElement.textContent").strip() == "同意，报中注协复核"
        go("Enter")
        assert page.url.split("?")[0].endswith(LIST)
        if number < 19:
            go("n")
    assert set(Application.objects.values_list("state", flat=True)) == {State.AGREED}


def test_keys_select_filter_and_help(visit, desk):  # noqa: F811
    clean, near = make_application(), make_application(name="王晓明")
    desk(reviewer())
    page = visit(width=1024, height=768).page
    page.goto(LIST)
    bar, keys = page.locator(".bulk-bar"), page.locator(".keys dl")
    assert not bar.is_visible() and not keys.is_visible()
    page.keyboard.press("?")
    assert keys.is_visible()
    page.keyboard.press("?")
    page.locator("main").focus()
    for _row in range(2):
        page.keyboard.press("ArrowDown")
        page.keyboard.press("x")
    assert page.locator(".work-list tbody input:checked").count() == 1, "only the clean one has a box"
    assert bar.is_visible()
    bar.get_by_role("button").press("Enter")
    page.get_by_role("button", name="同意 1 件").press("Enter")
    page.get_by_text("已办理").wait_for()
    clean.refresh_from_db()
    near.refresh_from_db()
    assert (clean.state, near.state) == (State.AGREED, State.SUBMITTED)
    page.goto(LIST)
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "filter_state"
    page.keyboard.type("jx/?n")
    assert page.url.endswith(LIST), "what is typed into a field is no command"


@pytest.mark.parametrize("count", [0, 1, 10_000])
def test_lists_of_every_length_fit_and_read_well(visit, desk, count):  # noqa: F811
    many(count)
    desk(reviewer())
    for width, height in ((320, 640), (1024, 768)):
        reader = visit(width=width, height=height)
        reader.page.goto(LIST)
        assert reader.overflow() == 0
        assert axe_findings(reader.page) == []
        assert reader.page.locator(".work-list tbody tr").count() == min(count, 50)
    rows = reader.page.locator(".work-list tbody tr")
    if count == 10_000:
        assert rows.nth(9).evaluate("row => row.getBoundingClientRect().bottom <= innerHeight"), (
            "ten rows without scrolling"
        )
        assert rows.nth(3).evaluate("row => Math.round(row.getBoundingClientRect().height)") in range(44, 47)
        assert "999+" in reader.page.locator(".piles").inner_text()


def test_bulk_agreement_without_scripts(visit, desk):  # noqa: F811
    case = make_application()
    desk(reviewer())
    page = visit(width=1024, scripts=False).page
    page.goto(LIST)
    page.get_by_label(f"选择 {case.reference}").check()
    page.get_by_role("button", name="同意勾选的申请").click()
    page.get_by_role("button", name="同意 1 件").click()
    page.goto(reverse("applicants:case", args=[case.reference]))
    page.get_by_role("button", name="收回同意").click()
    case.refresh_from_db()
    assert case.state == State.SUBMITTED and case.officer_id is not None
