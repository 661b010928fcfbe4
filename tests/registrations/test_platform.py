"""The platform's file through the import, and what portal and platform say side by side."""

import csv
import io
from datetime import date

import pytest
import time_machine
from django.urls import reverse

from apps.accounts.enums import Role
from apps.core.clock import now as present
from apps.imports.models import Job
from apps.imports.services import commit_job, upload_table, work_on_due
from apps.members.models import Membership
from apps.registrations.enums import Field, State
from apps.registrations.models import PlatformResult
from apps.registrations.selectors.reconciliation import reconciliation
from tests.factories.people import resident_id
from tests.factories.registrations import NOW, admit, fresh, make_registration, officer
from tests.support.desk import desk  # noqa: F401

pytestmark = pytest.mark.django_db
HEAD = ["申请编号", "姓名", "证件类型", "证件号码", "事务所编号", "结果", "注册会计师证书编号", "注册日期", "批准文号"]


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(NOW, tick=True):
        yield


def row_of(case, *, reference=True, number="330000120077", outcome="准予注册", **changes):
    row = {
        "申请编号": case.reference if reference else "",
        "姓名": case.answers[Field.NAME],
        "证件类型": "居民身份证",
        "证件号码": case.answers[Field.IDENTITY_NUMBER],
        "事务所编号": "33000012",
        "结果": outcome,
        "注册会计师证书编号": number,
        "注册日期": "2026-03-02",
        "批准文号": "浙注协〔2026〕12号",
    }
    return [(row | changes)[name] for name in HEAD]


def bring(actor, *rows) -> Job:
    table = io.StringIO()
    csv.writer(table).writerows([HEAD, *rows])
    job = upload_table(
        actor=actor,
        kind="platform_results",
        content=table.getvalue().encode(),
        filename="结果.csv",
        language="zh-hans",
        now=present(),
    )
    work_on_due(clock=present)
    job.refresh_from_db()
    return job


def write(actor, job) -> list[str]:
    commit_job(actor=actor, job_id=job.pk, now=present())
    work_on_due(clock=present)
    return list(job.rows.order_by("line").values_list("outcome", flat=True))


@pytest.mark.parametrize("by_reference", [True, False])
def test_file_admits_the_accepted_case(by_reference):
    case, actor = make_registration(State.ACCEPTED), officer()
    job = bring(actor, row_of(case, reference=by_reference))
    assert write(actor, job) == ["created"]
    assert fresh(case).state == State.ADMITTED
    assert Membership.objects.get().import_reference == f"import:{job.pk}"


def test_same_file_again_changes_nothing():
    case, actor = make_registration(State.ACCEPTED), officer()
    for expected in (["created"], ["unchanged"]):
        assert write(actor, bring(actor, row_of(case))) == expected
    assert Membership.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"number": "33000012007"}, "12 位数字"),
        ({"outcome": "也许"}, "准予注册”或“不予注册"),
        ({"注册日期": "2026-03-09"}, "今天之后"),
        ({"证件号码": "110105194912310023"}, "最后一位"),
        ({"申请编号": "ZJ-2026-P0000-00"}, "没有编号为"),
        ({"证件类型": "工作证"}, "证件类型"),
    ],
)
def test_what_cannot_be_read_is_a_problem_of_its_line(changes, words):
    case, actor = make_registration(State.ACCEPTED), officer()
    number, outcome = changes.pop("number", "330000120077"), changes.pop("outcome", "准予注册")
    job = bring(actor, row_of(case, number=number, outcome=outcome, **changes))
    (row,) = job.rows.all()
    assert row.outcome == "problem"
    assert any(words in problem["message"] for problem in row.problems)


def test_line_twice_in_a_file_is_a_problem():
    case, actor = make_registration(State.ACCEPTED), officer()
    job = bring(actor, row_of(case), row_of(case))
    assert list(job.rows.order_by("line").values_list("outcome", flat=True)) == ["ready", "problem"]


def test_other_name_is_said_before_writing_and_ends_nothing():
    case, actor = make_registration(State.ACCEPTED), officer()
    job = bring(actor, row_of(case, 姓名="王小朋"))
    assert "姓名与申请不同" in job.rows.get().note
    write(actor, job)
    assert fresh(case).state == State.ACCEPTED


def test_officer_of_another_association_cannot_reach_the_case():
    case, stranger = make_registration(State.ACCEPTED), officer("110000")
    job = bring(stranger, row_of(case))
    assert "没有编号为" in job.rows.get().problems[0]["message"]
    job = bring(stranger, row_of(case, reference=False))
    write(stranger, job)
    assert fresh(case).state == State.ACCEPTED
    assert PlatformResult.objects.get().association_id == "110000"


def test_job_is_seen_by_whoever_brought_it_only(desk):  # noqa: F811
    case, actor = make_registration(State.ACCEPTED), officer()
    job = bring(actor, row_of(case))
    address = reverse("imports:job", kwargs={"kind": "platform_results", "job_id": job.pk})
    assert desk(actor).get(address).status_code == 200
    assert desk(officer("110000")).get(address).status_code == 404
    upload = reverse("imports:upload", kwargs={"kind": "platform_results"})
    assert "结果.csv" not in desk(officer()).get(upload).content.decode()


def kinds(actor):
    return sorted((finding.kind, finding.sentence) for finding in reconciliation(actor, since=date(2026, 1, 1)))


def test_reconciliation_finds_what_one_side_lacks_and_where_they_differ():
    actor = officer()
    waiting = make_registration(State.ACCEPTED)
    good = make_registration(State.ACCEPTED)
    admit(good)
    other_name = make_registration(State.ACCEPTED)
    admit(other_name, name="王小朋")
    stranger = row_of(other_name, reference=False, number="330000120099", 证件号码=resident_id(), 姓名="陌生")
    write(actor, bring(actor, stranger))
    found = {(finding.kind, finding.name) for finding in reconciliation(actor, since=date(2026, 1, 1))}
    assert found == {
        ("not_on_platform", waiting.answers[Field.NAME]),
        ("differs", "王小朋"),
        ("not_in_portal", "陌生"),
    }
    assert kinds(officer("110000")) == []


def test_reconciliation_finds_who_was_admitted_twice():
    case = make_registration(State.ACCEPTED)
    admit(case, number="330000120077")
    admit(fresh(case), number="330000120078")
    found = [finding.number for finding in reconciliation(officer(), since=date(2026, 1, 1)) if finding.kind == "twice"]
    assert sorted(found) == ["330000120077", "330000120078"]


def test_reconciliation_is_a_page_and_a_file(desk):  # noqa: F811
    make_registration(State.ACCEPTED, name="王小明")
    client = desk(officer())
    page = client.get(reverse("registrations:reconciliation")).content.decode()
    assert "门户有，监管平台没有结果" in page
    file = client.get(reverse("registrations:reconciliation_file")).content.decode("utf-8-sig")
    assert "王小明" in file
    wrong = client.get(
        reverse("registrations:reconciliation"), {"since_year": "x", "since_month": "1", "since_day": "1"}
    )
    assert "没有这一天" in wrong.content.decode()


def test_reconciliation_takes_two_queries(django_assert_num_queries):
    for _ in range(3):
        admit(make_registration(State.ACCEPTED))
    actor = officer()
    with django_assert_num_queries(2):
        reconciliation(actor, since=date(2026, 1, 1))


def test_registrar_of_the_national_body_does_not_import_results(desk):  # noqa: F811
    upload = reverse("imports:upload", kwargs={"kind": "platform_results"})
    assert desk(officer("000000", Role.REGISTRAR)).get(upload).status_code == 404
