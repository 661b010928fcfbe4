"""Clean cases by exception: agreed together at the province, confirmed together at the national body."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.accounts.enums import Role
from apps.applicants.enums import Action, State
from apps.applicants.models import Application, RollEntry, Step
from apps.applicants.services.bulk import agree_items
from apps.applicants.services.checks import recompute_checks
from apps.applicants.services.claims import claim_application
from apps.applicants.services.national import confirm_items
from apps.imports.services import commit_job, upload_table, work_on_due
from apps.members.models import Membership
from apps.outbox.services import deliver_due
from tests.factories.accounts import make_actor, make_user
from tests.factories.applicants import (
    DOCUMENT_NUMBER,
    NOW,
    make_application,
    make_passer,
    rechecker,
    reviewer,
)
from tests.factories.people import make_person
from tests.imports.samples import comma_separated

pytestmark = pytest.mark.django_db

BULK, GREEN = "/office/applications/bulk/", "/office/recheck/green/"


def boxes(*cases) -> dict:
    return {"items": [f"{case.reference}:{case.version}" for case in cases]}


def states_of(*cases) -> list:
    return [Application.objects.get(pk=case.pk).state for case in cases]


def words(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_the_preview_names_everybody_and_does_nothing(desk, time_machine_now):
    clean, near = make_application(), make_application(name="王晓明")
    returned, foreign = make_application(state=State.RETURNED), make_application(association="310000")
    claimed = make_application()
    claim_application(actor=reviewer(), application_id=claimed.pk, now=NOW)
    page = words(desk(reviewer()).post(BULK, boxes(clean, near, returned, foreign, claimed)))
    assert "同意 1 件，报中注协复核" in page and clean.reference in page
    assert "不在其中的 3 件" in page and "有需要人工核对的内容" in page and "复核退回" in page and "由officer" in page
    assert foreign.reference not in page, "another association's case does not exist here"
    assert states_of(clean, near, claimed) == [State.SUBMITTED] * 3


def test_each_item_gets_its_own_answer_and_one_that_fails_stops_no_other(desk, time_machine_now):
    first, stale, last = (make_application() for _case in range(3))
    client = desk(reviewer())
    Application.objects.filter(pk=stale.pk).update(version=stale.version + 1)
    page = words(client.post(BULK, boxes(first, stale, last) | {"sure": "yes"}, follow=True))
    assert states_of(first, stale, last) == [State.AGREED, State.SUBMITTED, State.AGREED]
    assert page.count("已办理") == 2 and page.count("未完成") == 1 and "没有生效" in page
    assert words(client.get(BULK)).count("已办理") == 2, "looked at again, the results are still there"


def test_a_double_click_reads_like_one(desk, time_machine_now):
    cases = [make_application() for _case in range(3)]
    client, form = desk(reviewer()), boxes(*cases) | {"sure": "yes"}
    client.post(BULK, form)
    again = words(client.post(BULK, form, follow=True))
    assert again.count("已办理") == 3 and "未完成" not in again
    assert Step.objects.filter(action=Action.AGREE).count() == 3
    stranger = words(desk(reviewer()).post(BULK, form, follow=True))
    assert stranger.count("未完成") == 3, "for a colleague it is news that somebody was first"


def test_pressing_agree_twice_on_the_case_page_is_harmless(desk, time_machine_now):
    case, client = make_application(), desk(reviewer())
    url = reverse("applicants:agree", args=[case.reference])
    for _press in range(2):
        assert "已同意" in words(client.post(url, {"version": case.version}, follow=True))
    assert Step.objects.filter(action=Action.AGREE).count() == 1
    assert "没有生效" in words(desk(reviewer()).post(url, {"version": case.version}))


def test_nothing_that_is_not_green_passes_unseen_whatever_the_column_says():
    """The column may be old; the act derives every line afresh."""
    near = make_application(name="王晓明")
    sent = make_application(state=State.SENT)
    sent.answers = sent.answers | {"name": "王晓朋"}
    sent.save()
    Application.objects.update(checks_green=True)
    local = agree_items(actor=reviewer(), items=[(near.pk, near.version)], now=NOW)
    national = confirm_items(
        actor=rechecker(),
        items=[(sent.pk, sent.version)],
        document_number=DOCUMENT_NUMBER,
        now=NOW,
        only_clean=True,
    )
    assert [result.succeeded for result in local + national] == [False, False]
    assert states_of(near, sent) == [State.SUBMITTED, State.SENT] and not Membership.objects.exists()
    near.refresh_from_db()
    assert near.checks_green is False, "the list does not offer it again"


def test_the_column_follows_the_roll():
    passer = make_passer()
    case = make_application(passer=passer, certificate_number="QZ000000000")
    assert case.checks_green is False
    for answer in ("QZ000000000", passer.certificate_number):
        case.answers = case.answers | {"certificate_number": answer}
        case.save()
        recompute_checks(today=NOW.date())
        case.refresh_from_db()
        assert case.checks_green is (answer == passer.certificate_number)


class TestAfterAnImport:
    """The column follows at once: by a job that the end of the import starts."""

    def bring(self, kind, columns: dict):
        """One line, written by a registrar; then what follows from it."""
        user = make_user(f"{kind}@example.org")
        actor = make_actor(Role.REGISTRAR, user_id=user.pk, person_id=make_person("王登记").pk)
        content = comma_separated([list(columns.values())], header=list(columns))
        job = upload_table(actor=actor, kind=kind, content=content, filename="lines.csv", language="zh-hans", now=NOW)
        work_on_due(clock=lambda: NOW)
        commit_job(actor=actor, job_id=job.pk, now=NOW)
        work_on_due(clock=lambda: NOW)
        assert job.rows.get().outcome in {"created", "updated"}, job.rows.get().problems
        deliver_due(clock=lambda: NOW)

    def bring_roll(self, case, **changes):
        answers = {**case.answers, **changes}
        line = {
            "合格证号": answers["certificate_number"],
            "姓名": answers["name"],
            "证件类型": "居民身份证",
            "证件号码": answers["identity_number"],
            "合格证日期": answers["certificate_on"],
            "省份": "浙江",
        }
        self.bring("roll", line)

    def test_of_the_roll_a_case_becomes_green_and_only_that_one_is_looked_at(self):
        case, other = make_application(), make_application()
        Application.objects.update(checks_green=False, roll_entry=None)
        RollEntry.objects.get(certificate_number=case.answers["certificate_number"]).delete()
        self.bring_roll(case)
        assert [Application.objects.get(pk=row.pk).checks_green for row in (case, other)] == [True, False]

    def test_of_the_roll_a_case_is_green_no_longer(self):
        case = make_application()
        self.bring_roll(case, name="王大明")
        assert Application.objects.get(pk=case.pk).checks_green is False

    def test_of_facts_a_case_is_green_no_longer(self):
        case = make_application()
        line = {
            "情形": "刑事处罚",
            "姓名": case.answers["name"],
            "证件类型": "居民身份证",
            "证件号码": case.answers["identity_number"],
            "决定日期": "2024-03-01",
            "执行完毕日期": "2025-03-01",
            "文书号": "（2024）浙01刑初12号",
            "来源": "浙江省注册会计师协会",
        }
        self.bring("facts", line)
        assert Application.objects.get(pk=case.pk).checks_green is False


def test_clean_cases_pass_both_offices_on_the_same_day(desk, time_machine_now):
    cases = [make_application() for _case in range(3)]
    near = make_application(name="王晓明")
    local = desk(reviewer())
    local.post(BULK, boxes(*cases) | {"sure": "yes"})
    time_machine_now(NOW + timedelta(minutes=11))
    batch = reverse("applicants:batch", args=["ZJ-2026-0001"])
    seen = re.search(r'name="seen" value="([^"]+)"', local.get(batch).content.decode()).group(1)
    local.post(batch, {"seen": seen})
    national = desk(rechecker())
    page = words(national.get(GREEN, {"tick": "all"}))
    assert "勾选本页 3 件" in page and near.reference not in page
    sent = Application.objects.filter(state=State.SENT)
    form = boxes(*sent)
    assert "3 件" in words(national.get("/office/recheck/"))
    preview = words(national.post(GREEN, form | {"document_number": "会协[2026] 12 号"}))
    assert f"复核通过 3 人，按 {DOCUMENT_NUMBER} 公告并编号" in preview and not Membership.objects.exists()
    asked = words(national.post(GREEN, form | {"sure": "yes", "document_number": "十二号"}))
    assert "请填写批复文号" in asked and not Membership.objects.exists()
    sure = form | {"sure": "yes", "document_number": DOCUMENT_NUMBER}
    assert words(national.post(GREEN, sure, follow=True)).count("已办理") == 3
    assert words(national.post(GREEN, sure, follow=True)).count("已办理") == 3, "a double click"
    assert Membership.objects.count() == 3
    assert {case.document_number for case in Application.objects.filter(state=State.CONFIRMED)} == {DOCUMENT_NUMBER}


def test_who_agreed_is_not_offered_the_case_at_the_recheck(desk, time_machine_now):
    case = make_application(state=State.SENT)
    first = rechecker(person=case.local_decided_by_person)
    assert case.reference not in words(desk(first).get(GREEN))
    assert "应由另一位工作人员办理" in words(desk(first).post(GREEN, boxes(case)))
    assert case.reference in words(desk(rechecker()).get(GREEN))


def test_rubbish_in_the_boxes_is_left_out(desk, time_machine_now):
    client = desk(reviewer())
    for items in ([], ["x"], ["ZJ-1:x", ":1", "ZJ-2026-0000-TT:99999999999"]):
        assert "还没有勾选申请" in words(client.post(BULK, {"items": items}, follow=True))
    assert client.get(BULK).status_code == 302


def test_previews_cost_the_same_however_many_are_ticked(desk, time_machine_now):
    client, costs = desk(reviewer()), []
    make_application()
    for _round in range(2):
        client.post(BULK, boxes(*Application.objects.all()))  # rules are kept for ten seconds: read them again
        with CaptureQueriesContext(connection) as queries:
            client.post(BULK, boxes(*Application.objects.all()))
        costs.append(len(queries))
        for _case in range(4):
            make_application()
    assert costs[0] == costs[1]
