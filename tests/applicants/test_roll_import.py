"""The roll of passers from a file: every line is read, or refused with a sentence that says how to mend it."""

from datetime import date

import pytest

from apps.accounts.enums import Role
from apps.applicants.models import RollEntry
from apps.applicants.services.roll import Passer
from apps.applicants.services.roll_import import RollRows
from apps.audit.models import Record
from apps.core.errors import NotPermitted
from apps.imports.services import commit_job, upload_table, work_on_due
from tests.factories.accounts import make_actor, make_user
from tests.factories.applicants import NOW
from tests.imports.samples import comma_separated, workbook

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 2)
LINE = {
    "certificate_number": "qz24 33 00123",
    "name": "阿卜杜拉•买买提",
    "identity_type": "居民身份证",
    "identity_number": "11010519491231002x",
    "certificate_on": date(2024, 12, 20),
    "province": "浙江",
}
REGISTRAR = make_actor(Role.REGISTRAR)


def check(context=None, **changes):
    return RollRows().check(LINE | changes, context={} if context is None else context, today=TODAY)


def test_a_line_is_normalised():
    assert check() == Passer(
        "QZ243300123", "阿卜杜拉·买买提", "resident_id", "11010519491231002X", date(2024, 12, 20), "330000"
    )


@pytest.mark.parametrize("typed", ["浙江", "浙江省", "330000", "浙江省注协", "浙江省注册会计师协会", "Zhejiang"])
def test_a_province_is_known_by_all_its_names(typed):
    assert check(province=typed).province_code == "330000"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("深圳", "440300"),
        ("新疆维吾尔自治区", "650000"),
        ("广西", "450000"),
        ("北京市", "110000"),
        ("中注协", "000000"),
    ],
)
def test_special_bodies_are_known(typed, code):
    assert check(province=typed).province_code == code


@pytest.mark.parametrize(
    ("typed", "kind"),
    [("身份证", "resident_id"), ("居民身份证", "resident_id"), ("passport", "passport"), ("护照", "passport")],
)
def test_documents_are_known_by_name_and_code(typed, kind):
    number = LINE["identity_number"] if kind == "resident_id" else "E12345678"
    assert check(identity_type=typed, identity_number=number).identity_type == kind


def test_an_old_number_of_fifteen_digits_is_taken():
    assert check(identity_number="110105491231002").identity_number == "110105491231002"


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"certificate_number": "12"}, "certificate_number"),
        ({"name": "王<script>"}, "name"),
        ({"identity_type": "工作证"}, "identity_type"),
        ({"identity_number": "110105194912310023"}, "identity_number"),
        ({"certificate_on": date(2026, 3, 3)}, "certificate_on"),
        ({"province": "火星"}, "province"),
    ],
)
def test_a_wrong_cell_is_named_with_how_to_mend_it(changes, column):
    (problem,) = check(**changes)
    assert problem.column == column
    assert str(problem.message).endswith("。")


def test_several_wrong_cells_are_named_at_once():
    assert {problem.column for problem in check(name="", province="", certificate_number="")} >= {
        "name",
        "province",
        "certificate_number",
    }


def test_a_certificate_stands_once_in_a_file():
    context = {}
    check(context)
    (problem,) = check(context)
    assert "两次" in str(problem.message)


def test_twice_changes_nothing_and_a_change_says_what_differs():
    rows, passer = RollRows(), check()
    assert rows.difference(passer) == ""
    assert rows.commit(passer, actor=REGISTRAR, job=None, now=NOW) == "created"
    assert rows.commit(passer, actor=REGISTRAR, job=None, now=NOW) == "unchanged"
    changed = check(name="阿卜杜拉", certificate_on=date(2024, 12, 21))
    assert rows.difference(changed) == "与已有记录不同：全科合格证日期、姓名。"
    assert rows.commit(changed, actor=REGISTRAR, job=None, now=NOW) == "updated"
    assert RollEntry.objects.get().name == "阿卜杜拉"


def test_only_the_registrar_writes_the_roll():
    with pytest.raises(NotPermitted):
        RollRows().commit(check(), actor=make_actor((Role.REVIEWER, "330000")), job=None, now=NOW)
    assert not RollEntry.objects.exists()


ENGLISH = ["Certificate number", "Name", "Identity type", "Identity number", "Certificate date", "Province"]
CHINESE = ["全科合格证号", "姓名", "证件类型", "证件号码", "合格证日期", "省份"]
ROWS = [
    ["QZ243300123", "王小明", "居民身份证", "11010519491231002X", "2024-12-20", "浙江"],
    ["QZ243300124", "李娜", "护照", "E12345678", "2025年1月3日", "上海市"],
    ["QZ243300125", "错号", "居民身份证", "110105194912310023", "2025-01-03", "北京"],
]


def bring(content, filename="roll.csv"):
    """Upload, dry run, word, writing; the outcomes line by line, with what was said of each."""
    actor = make_actor(Role.REGISTRAR, user_id=make_user(f"{content[:9].hex()}@example.org").pk)
    job = upload_table(actor=actor, kind="roll", content=content, filename=filename, language="zh-hans", now=NOW)
    work_on_due(clock=lambda: NOW)
    job.refresh_from_db()
    assert job.state == "checked", job.failure
    commit_job(actor=actor, job_id=job.pk, now=NOW)
    work_on_due(clock=lambda: NOW)
    return [(row.outcome, row.problems, row.note) for row in job.rows.select_related("job__data_key").order_by("line")]


@pytest.mark.parametrize("header", [CHINESE, ENGLISH])
@pytest.mark.parametrize("make", [comma_separated, workbook])
def test_a_whole_file_from_upload_to_roll(make, header):
    outcomes = bring(make(ROWS, header))
    assert [outcome for outcome, _problems, _note in outcomes] == ["created", "created", "problem"]
    assert outcomes[2][1][0]["column"] == "identity_number"
    assert RollEntry.objects.count() == 2
    assert RollEntry.objects.filter(import_job__isnull=False, province_code="310000").exists()


def test_the_file_of_last_year_in_another_encoding_brings_only_what_changed():
    bring(comma_separated(ROWS[:2], CHINESE))
    changed = [ROWS[0], [*ROWS[1][:1], "李婷", *ROWS[1][2:]]]
    outcomes = bring(comma_separated(changed, CHINESE, encoding="gb18030"))
    assert [outcome for outcome, _problems, _note in outcomes] == ["unchanged", "updated"]
    assert outcomes[1][2] == "与已有记录不同：姓名。"


def test_many_lines_cost_no_more_questions_than_few(django_assert_max_num_queries):
    numbered = [
        Passer(f"QZ{number:09d}", "王小明", "resident_id", "11010519491231002X", date(2024, 12, 20), "330000")
        for number in range(100)
    ]
    with django_assert_max_num_queries(8):
        assert RollRows().differences(numbered) == [""] * 100
        assert RollRows().commit_many(numbered, actor=REGISTRAR, job=None, now=NOW) == ["created"] * 100
    assert RollRows().commit_many(numbered, actor=REGISTRAR, job=None, now=NOW) == ["unchanged"] * 100
    assert Record.objects.filter(action="roll_entry.created").count() == 100
    assert RollEntry.objects.filter(certificate_number="QZ000000042").get().name == "王小明"
