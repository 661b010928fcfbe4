"""The register of firms from a file: codes, branches, credit codes, associations."""

import pytest

from apps.accounts.enums import Role
from apps.core.clock import now
from apps.firms.enums import FirmStatus
from apps.firms.models import Firm
from apps.firms.selectors import UsccRefused, get_firm, read_uscc
from apps.imports.services import commit_job, upload_table, work_on_due
from tests.factories.accounts import make_actor, make_user

pytestmark = pytest.mark.django_db
VALID = "91350100M000100Y43"
HEAD = "事务所编号,事务所名称,统一社会信用代码,所属协会,状态\n"


def bring(*lines, actor=None):
    actor = actor or make_actor(Role.REGISTRAR, user_id=make_user(f"registrar{now().timestamp()}@example.org").pk)
    content = (HEAD + "\n".join(lines) + "\n").encode()
    job = upload_table(actor=actor, kind="firms", content=content, filename="firms.csv", language="zh-hans", now=now())
    work_on_due(clock=now)
    return job, actor


def write(job, actor) -> list[str]:
    commit_job(actor=actor, job_id=job.pk, now=now())
    work_on_due(clock=now)
    return list(job.rows.order_by("line").values_list("outcome", flat=True))


@pytest.mark.parametrize("text", [VALID, "９１３５０１００Ｍ０００１００Ｙ４３", " 91350100m000100y43 "])
def test_credit_code_of_the_standard_is_read(text):
    assert read_uscc(text) == VALID


@pytest.mark.parametrize("text", ["", "91350100M000100Y44", "91350100M000100Y4", "91350100I000100Y43", VALID + "0"])
def test_wrong_credit_code_is_refused_with_an_example(text):
    with pytest.raises(UsccRefused, match=VALID):
        read_uscc(text)


def test_each_single_wrong_character_is_found():
    for place in range(18):
        wrong = VALID[:place] + ("0" if VALID[place] != "0" else "1") + VALID[place + 1 :]
        with pytest.raises(UsccRefused):
            read_uscc(wrong)


def test_head_office_and_branch_enter_the_register_in_any_order():
    job, actor = bring(
        "330000120101,杭州诚信会计师事务所宁波分所,,,", f"33000012,杭州诚信会计师事务所,{VALID},330000,在册"
    )
    assert write(job, actor) == ["created", "created"]
    branch, firm = get_firm("330000120101"), get_firm("33000012")
    assert branch.head_office == firm
    assert (firm.uscc, firm.association_id, branch.licence_code) == (VALID, "330000", "33000012")


def test_same_file_again_changes_nothing_and_a_new_state_is_taken_over():
    line = f"33000012,杭州诚信会计师事务所,{VALID},330000,在册"
    assert write(*bring(line)) == ["created"]
    assert write(*bring(line)) == ["unchanged"]
    job, actor = bring(line.replace("在册", "已终止"))
    assert "状态" in job.rows.get().note
    assert write(job, actor) == ["updated"]
    assert get_firm("33000012").status == FirmStatus.CLOSED


def test_shenzhen_and_firms_once_managed_by_the_ministry_find_their_association():
    assert (
        write(*bring("47470001,深圳求是会计师事务所,,,", "10000001,北京直管会计师事务所,,110000,")) == ["created"] * 2
    )
    assert get_firm("47470001").association_id == "440300"
    assert get_firm("10000001").association_id == "110000"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("3300001,某所,,,", "8 位数字"),
        ("33000012,某所,91350100M000100Y44,,", "18 位"),
        ("33000012,某所,,110000,", "属于"),
        ("99000012,某所,,,", "不是省份代码"),
        ("10000012,某所,,,", "直管所"),
        ("33000012,某所,,火星,", "没有这个协会"),
        ("33000012,某所,,,也许", "在册"),
    ],
)
def test_what_cannot_be_is_said_with_its_column(line, words):
    job, _actor = bring(line)
    row = job.rows.get()
    assert row.outcome == "problem"
    assert words in row.problems[0]["message"]


def test_credit_code_of_another_firm_is_said():
    write(*bring(f"33000012,甲所,{VALID},,"))
    job, _actor = bring(f"33000013,乙所,{VALID},,")
    assert "33000012" in job.rows.get().problems[0]["message"]
    assert Firm.objects.count() == 1


def test_reviewer_cannot_write_firms():
    reviewer = make_actor((Role.REVIEWER, "330000"), user_id=make_user("reviewer@example.org").pk)
    job, actor = bring("33000012,甲所,,,", actor=reviewer)
    assert write(job, actor) == ["refused"]
