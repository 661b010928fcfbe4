"""Annual checks, hours, dues and discipline from a file: checked line by line, written as the form does, taken back."""

from datetime import UTC, datetime

import pytest

from apps.accounts.enums import Role
from apps.associations.services import grant_seat
from apps.core.actor import Actor
from apps.imports.enums import JobState, Outcome
from apps.imports.models import Job
from apps.imports.services import commit_job, undo_job, upload_table, work_on_due
from apps.letters.enums import State
from apps.letters.selectors.verdicts import verdict_for_letter_code
from apps.people.services import link_user
from apps.standing.models import MemberRecord
from apps.standing.selectors import good_standing
from tests.factories.accounts import make_actor, make_user
from tests.factories.letters import make_asker, make_letter
from tests.factories.members import make_cpa, make_member
from tests.factories.people import make_person
from tests.factories.standing import make_member_record

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)
HEAD = "会员类别,会员编号,姓名,记录,年度,学时,决定日期,不再有效的日期,文书号,来源"
ROOT = Actor.system("test")


def office(role=Role.REGISTRAR, association="000000") -> Actor:
    user = make_user(f"{role}.{association}@example.org")
    grant_seat(actor=ROOT, user_id=user.pk, association_code=association, role=role, from_on=NOW.date(), now=NOW)
    return make_actor((role, association), user_id=user.pk)


@pytest.fixture
def cpa():
    return make_cpa("王小明")


def bring(actor, *lines, head=HEAD) -> Job:
    content = "\n".join([head, *lines]).encode()
    job = upload_table(
        actor=actor, kind="member_records", content=content, filename="年检.csv", language="zh-hans", now=NOW
    )
    work_on_due(clock=lambda: NOW)
    job.refresh_from_db()
    return job


def write(actor, *lines) -> Job:
    job = bring(actor, *lines)
    assert job.state == JobState.CHECKED, job.failure
    commit_job(actor=actor, job_id=job.pk, now=NOW)
    work_on_due(clock=lambda: NOW)
    job.refresh_from_db()
    return job


def problems(job) -> list[tuple[str, str]]:
    return [(p["column"], p["message"]) for row in job.rows.order_by("line") for p in row.problems or []]


def outcomes(job) -> list[str]:
    return list(job.rows.order_by("line").values_list("outcome", flat=True))


CHECK = "执业会员,330000120001,王小明,年检通过,2026,,2026-05-20,,,浙江省注册会计师协会"
HOURS = "执业,330000120001,王小明,继续教育学时,2025年,32学时,2026-01-20,,,浙江省注册会计师协会"
DUES = "practising,330000120001,王小明,已交,2026,,2026-06-01,,,浙江省注册会计师协会"
SANCTION = "执业会员,330000120001,王小明,公开谴责,,,2026-10-08,,会协〔2026〕8号,中国注册会计师协会"


def test_every_matter_is_written_from_one_file_and_stands_in_good_standing(cpa):
    job = write(office(), CHECK, HOURS, DUES, SANCTION)
    assert outcomes(job) == [Outcome.CREATED] * 4
    found = good_standing(cpa, on=NOW.date())
    codes = {finding.code for finding in found.findings}
    assert {"annual_check.passed", "cpe.short", "dues.paid", "discipline.in_force"} <= codes
    assert not found.holds


def test_the_same_file_twice_changes_nothing(cpa):
    actor = office()
    write(actor, CHECK, SANCTION)
    assert outcomes(write(actor, CHECK, SANCTION)) == [Outcome.UNCHANGED] * 2
    assert MemberRecord.objects.count() == 2


@pytest.mark.parametrize(
    ("line", "column", "words"),
    [
        ("执业会员,330000129999,王小明,年检通过,2026,,2026-05-20,,,浙注协", "number", "没有这个编号的会员"),
        ("执业会员,330000120001,王晓明,年检通过,2026,,2026-05-20,,,浙注协", "name", "姓名与这个编号的会员不一致"),
        ("准会员,330000120001,王小明,年检通过,2026,,2026-05-20,,,浙注协", "member_kind", "不认识会员类别"),
        ("执业会员,330000120001,王小明,优秀,2026,,2026-05-20,,,浙注协", "outcome", "不认识“优秀”"),
        ("执业会员,330000120001,王小明,年检通过,,,2026-05-20,,,浙注协", "year", "哪一年度"),
        ("执业会员,330000120001,王小明,年检通过,去年,,2026-05-20,,,浙注协", "year", "请填写整数"),
        ("执业会员,330000120001,王小明,继续教育学时,2025,,2026-05-20,,,浙注协", "hours", "请填写学时"),
        ("执业会员,330000120001,王小明,继续教育学时,2025,4000,2026-05-20,,,浙注协", "hours", "0 至 1000"),
        ("执业会员,330000120001,王小明,公开谴责,,,2026-05-20,,,中注协", "document", "请填写文书号"),
        ("执业会员,330000120001,王小明,公开谴责,,,2026-05-20,2026-05-01,8号,中注协", "until_on", "不能早于"),
        ("执业会员,330000120001,王小明,公开谴责,,,2027-05-20,,8号,中注协", "decided_on", "至今天之间"),
        (f"执业会员,330000120001,王小明,公开谴责,,,2026-05-20,,{'长' * 121},中注协", "document", "最多 120 个字"),
    ],
)
def test_what_is_wrong_is_said_at_its_cell_and_stops_no_other_line(cpa, line, column, words):
    job = bring(office(), line, DUES)
    [(found, sentence)] = problems(job)
    assert (found, words in sentence) == (column, True), sentence
    assert outcomes(job) == [Outcome.PROBLEM, Outcome.READY]


def test_second_line_about_the_same_year_is_a_problem(cpa):
    job = bring(office(), CHECK, CHECK.replace("年检通过", "年检不予通过"))
    assert [column for column, _sentence in problems(job)] == ["number"]


def test_year_that_has_another_outcome_is_never_rewritten(cpa):
    make_member_record(cpa.person_id, "failed", year=2026)
    [(column, sentence)] = problems(bring(office(), CHECK))
    assert (column, "已经有记录" in sentence) == ("outcome", True)


def test_association_brings_what_it_finds_each_year_about_its_own_members(cpa):
    own = office(Role.REVIEWER, "330000")
    job = write(own, CHECK, HOURS, SANCTION)
    assert outcomes(job) == [Outcome.CREATED, Outcome.CREATED, Outcome.PROBLEM]
    assert "由中注协登记" in problems(job)[0][1]
    other = bring(office(Role.REVIEWER, "320000"), DUES)
    assert "不是本协会的会员" in problems(other)[0][1]


def test_seat_that_ended_before_the_word_writes_nothing(cpa):
    own = office(Role.REVIEWER, "330000")
    job = bring(own, CHECK)
    elsewhere = make_actor((Role.REVIEWER, "320000"), user_id=own.user_id)
    commit_job(actor=elsewhere, job_id=job.pk, now=NOW)
    work_on_due(clock=lambda: NOW)
    assert outcomes(job) == [Outcome.REFUSED]
    assert not MemberRecord.objects.exists()


def test_nobody_brings_anything_about_themselves(cpa):
    actor = office()
    link_user(user_id=actor.user_id, person_id=cpa.person_id, now=NOW)
    assert "您本人" in problems(bring(actor, CHECK))[0][1]


def test_import_is_taken_back_whole_and_others_records_stay(cpa):
    other = make_member(make_person("李娜"))
    make_member_record(other.person_id, "paid", year=2026)
    actor = office()
    job = write(actor, CHECK, SANCTION)
    assert not good_standing(cpa, on=NOW.date()).holds
    undo_job(actor=actor, job_id=job.pk, now=NOW)
    work_on_due(clock=lambda: NOW)
    assert outcomes(job) == [Outcome.UNDONE] * 2
    assert good_standing(cpa, on=NOW.date()).holds
    assert MemberRecord.objects.filter(withdrawn_at=None).count() == 1
    assert set(MemberRecord.objects.exclude(withdrawn_at=None).values_list("withdrawn_why", flat=True)) == {
        "整批导入已撤回"
    }


def test_letter_says_at_once_that_something_changed():
    asker = make_asker("王小明", kind="practising")
    letter = make_letter(State.ISSUED, asker, now=NOW)
    assert verdict_for_letter_code(letter.code, now=NOW).word == "valid"
    write(office(), SANCTION)
    assert verdict_for_letter_code(letter.code, now=NOW).word == "changed"


def test_page_offers_to_take_the_import_back_and_says_what_became_of_it(cpa, desk):
    actor = office()
    client = desk(actor)
    job = write(actor, CHECK, DUES)
    page = f"/office/imports/member_records/{job.pk}/"
    assert "撤回 2 行" in client.get(page).content.decode()
    client.post(f"{page}undo/")
    assert "还有 2 行待撤回" in client.get(page).content.decode()
    work_on_due(clock=lambda: NOW)
    said = client.get(page).content.decode()
    assert "已撤回 2 行，未撤回 0 行" in said and "撤回 2 行</button>" not in said
