"""The office's screens, as a browser sees them: accessible, within the window, silent, scripts on or off."""

import pytest
import time_machine
from django.urls import reverse

from apps.applicants.enums import State
from apps.applicants.models import Application
from tests.browser.test_public_pages import axe_findings
from tests.factories.applicants import (
    DOCUMENT_NUMBER,
    NOW,
    make_application,
    minutes_pass,
    open_batch,
    rechecker,
    reviewer,
)
from tests.support.desk import desk  # noqa: F401

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def addresses():
    """Every screen with something on it, by the desk that it belongs to."""
    make_application(state=State.CORRECTION_REQUESTED)
    near, sent = make_application(name="王晓明"), make_application(state=State.SENT)
    agreed = open_batch(make_application(state=State.AGREED))
    return {
        "review": [
            reverse("applicants:worklist"),
            reverse("applicants:case", args=[near.reference]),
            reverse("applicants:correction", args=[near.reference]),
            reverse("applicants:refuse", args=[near.reference]),
            reverse("applicants:batches"),
            reverse("applicants:batch", args=[agreed.number]),
            reverse("applicants:sheet", args=[agreed.number]),
        ],
        "recheck": [
            reverse("applicants:recheck"),
            reverse("applicants:recheck_batch", args=[sent.batch.number]),
            reverse("applicants:recheck_case", args=[sent.reference]),
            reverse("applicants:recheck_return", args=[sent.reference]),
        ],
    }


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (1024, "dark"), (360, "light")])
def test_office_pages_have_no_accessibility_findings(visit, desk, addresses, width, scheme):  # noqa: F811
    reader = visit(width=width)
    reader.page.emulate_media(color_scheme=scheme)
    found = {}
    for door, officer in (("review", reviewer()), ("recheck", rechecker())):
        desk(officer)
        for address in addresses[door]:
            reader.page.goto(address)
            found[address] = axe_findings(reader.page) + (["too wide"] if reader.overflow() > 0 else [])
    assert {address: findings for address, findings in found.items() if findings} == {}


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts on", "scripts off"])
def test_a_case_goes_through_both_offices(visit, desk, scripts):  # noqa: F811
    application = make_application(name="王晓明")
    page = visit(width=1024, scripts=scripts).page
    desk(reviewer())
    page.goto("/office/applications/")
    page.get_by_role("link", name="王晓明").click()
    page.get_by_label("我已核对").check()
    page.get_by_role("button", name="同意，报中注协复核").click()
    minutes_pass()
    page.goto("/office/batches/")
    page.get_by_role("link", name="ZJ-2026-0001").click()
    page.get_by_role("button", name="报送 1 件").click()
    desk(rechecker())
    page.goto("/office/recheck/")
    page.get_by_role("link", name="ZJ-2026-0001").click()
    page.get_by_label(f"选择 {application.reference}").check()
    page.get_by_label("批复文号").fill(DOCUMENT_NUMBER)
    page.get_by_role("button", name="复核通过，公告并编号").click()
    assert page.get_by_text("已公告并编号").count() == 1
    assert Application.objects.get(pk=application.pk).state == State.CONFIRMED
