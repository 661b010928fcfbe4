"""A CPA is made: agent, candidate, head, office, the platform's file, certificate; scripts on and off."""

import csv
import io
import re

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.urls import reverse

from apps.certificates.models import Certificate
from apps.core import clock
from apps.dashboard.management.journey.invented import portrait
from apps.firms.enums import FirmRole
from apps.members.models import Membership
from apps.registrations.enums import State
from apps.registrations.models import Registration
from tests.factories.applicants import make_passer
from tests.factories.certificates import seal_keys
from tests.factories.registrations import officer, seat_at, the_firm
from tests.support.accessibility import axe_findings
from tests.support.browser import press

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CANDIDATE = "future.cpa@example.org"
NUMBER = "330000129001"


@pytest.fixture
def people():
    """The firm's head and agent, an officer with a seat, a passer on the roll, keys for the seals."""
    seal_keys()
    firm = the_firm()
    users = get_user_model().objects
    head, agent, reviewer = (
        users.get(pk=actor.user_id)
        for actor in (
            seat_at(firm, FirmRole.HEAD, now=clock.now()),
            seat_at(firm, FirmRole.AGENT, now=clock.now()),
            officer(),
        )
    )
    return {"head": head, "agent": agent, "reviewer": reviewer, "passer": make_passer(name="欧阳思远")}


def fill_date(page, name, day):
    for part, value in zip(("year", "month", "day"), day.split("-"), strict=True):
        page.fill(f"input[name={name}_{part}]", str(int(value)))


def fill_in(page, passer) -> str:
    """The agent's five pages; the reference."""
    page.goto(reverse("registrations:firm"))
    press(page, "开始填写")
    reference = page.locator(".facts .id").inner_text()
    page.get_by_role("link", name="姓名和证件").click()
    page.fill("input[name=name]", passer.name)
    page.select_option("select[name=identity_type]", "resident_id")
    page.fill("input[name=identity_number]", passer.identity_number)
    press(page, "保存并继续")
    page.fill("input[name=certificate_number]", passer.certificate_number)
    fill_date(page, "certificate_on", passer.certificate_on.isoformat())
    press(page, "保存并继续")
    fill_date(page, "employed_on", "2022-01-04")
    page.fill("input[name=employer_1]", "杭州诚信会计师事务所")
    fill_date(page, "since_1", "2022-01-04")
    press(page, "保存并继续")
    page.fill("input[name=email]", CANDIDATE)
    page.fill("input[name=phone]", "13800138000")
    press(page, "保存并继续")
    page.set_input_files("input[name=photo]", {"name": "p.jpg", "mimeType": "image/jpeg", "buffer": portrait()})
    press(page, "保存并继续")
    page.get_by_role("link", name=reference).click()
    return reference


def confirm(page, reference):
    """The candidate follows the mail's link, proves the address, ticks every line."""
    link = re.search(r"https?://\S+/registration/\S+/", mail.outbox[-1].body).group()
    page.goto(link[link.index("/registration/") :])
    page.fill("input[name=email]", CANDIDATE)
    press(page, "发送验证码")
    page.fill("input[name=code]", re.search(r"(?<!\d)\d{6}(?!\d)", mail.outbox[-1].body).group())
    press(page, "继续")
    for box in page.locator("main form input[type=checkbox]").all():
        box.check()
    press(page, "属实，确认")
    assert reference in page.content()


def import_result(page, case):
    table = io.StringIO()
    rows = csv.writer(table)
    rows.writerow(["申请编号", "姓名", "证件类型", "证件号码", "结果", "证书编号", "注册日期", "批准文号"])
    answers = case.answers
    today = clock.today()
    document = f"浙注协〔{today.year}〕9号"
    who = [case.reference, answers["name"], "居民身份证", answers["identity_number"]]
    rows.writerow([*who, "准予注册", NUMBER, today.isoformat(), document])
    page.goto(reverse("imports:upload", kwargs={"kind": "platform_results"}))
    file = {"name": "结果.csv", "mimeType": "text/csv", "buffer": table.getvalue().encode()}
    page.set_input_files("input[name=file]", file)
    press(page, "上传并检查")
    press(page, re.compile("^(导入|写入|确认)"))


@pytest.mark.parametrize(("width", "scripts"), [(360, False), (1024, True)])
def test_firm_makes_a_cpa(visit, sign_in, people, width, scripts):
    def reader(who=None):
        found = visit(width=width, scripts=scripts)
        if who:
            sign_in(found, people[who])
        return found

    agent, head, candidate, office = reader("agent"), reader("head"), reader(), reader("reviewer")
    reference = fill_in(agent.page, people["passer"])
    press(agent.page, "请本人确认")
    confirm(candidate.page, reference)
    assert people["head"].email in mail.outbox[-1].to

    head.page.goto(reverse("registrations:firm_case", args=[reference]))
    head.page.get_by_role("link", name="核对，承诺并提交").click()
    press(head.page, "承诺并提交协会")

    office.page.goto(reverse("registrations:office"))
    office.page.get_by_role("link", name="欧阳思远").click()
    press(office.page, "材料齐全，受理")
    case = Registration.objects.select_related("data_key").get(reference=reference)
    assert case.state == State.ACCEPTED
    import_result(office.page, case)

    for one in (agent, candidate):
        one.page.reload()
        name = "firm_case" if one is agent else "candidate_case"
        one.page.goto(reverse(f"registrations:{name}", args=[reference]))
        assert NUMBER in one.page.content()
        assert one.overflow() <= 0
        assert axe_findings(one.page) == [] if scripts else True
    membership = Membership.objects.get()
    assert (membership.number, membership.case) == (NUMBER, reference)
    assert Certificate.objects.get(membership=membership).issued_at is not None
    assert [m for m in mail.outbox if NUMBER in m.subject and CANDIDATE in m.to]
