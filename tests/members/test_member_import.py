"""Practising members from a file: each row as the import hands it over."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest
from django.utils import translation

from apps.accounts.enums import Role
from apps.core.clock import now
from apps.core.errors import NotPermitted
from apps.core.models import new_id
from apps.firms.models import Firm
from apps.imports.services import commit_job, upload_table, work_on_due
from apps.members.models import Membership
from apps.members.selectors import membership_by_number, membership_state, search_register
from apps.members.services.admission import AlreadyMember, NumberTaken
from apps.members.services.member_import import MemberRows
from apps.members.services.member_rows import MemberRow, RegisteredOtherwise
from apps.people.models import Person
from tests.factories.accounts import make_actor, make_user
from tests.factories.members import make_member
from tests.factories.people import make_person
from tests.imports.samples import workbook

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)
JOB = SimpleNamespace(pk=new_id())
ROW = {
    "name": "王小明",
    "sex": "女",
    "identity_type": "居民身份证",
    "identity_number": "11010519491231002X",
    "country": "",
    "number": "330000120001",
    "admitted_on": date(2010, 6, 30),
    "association": "330000",
    "firm_code": "33000012",
    "firm_name": "杭州诚信会计师事务所(普通合伙)",
}


def check(context=None, **changes):
    return MemberRows().check(ROW | changes, context={} if context is None else context, today=TODAY)


def commit(actor=None, **changes):
    actor = actor or make_actor(Role.REGISTRAR)
    return MemberRows().commit(check(**changes), actor=actor, job=JOB, now=now())


def problems(**changes):
    found = check(**changes)
    assert isinstance(found, list)
    return {problem.column: str(problem.message) for problem in found}


def test_good_row_enters_the_register_with_firm_person_and_number():
    assert commit() == "created"
    member = membership_by_number("practising", "330000120001")
    state = membership_state(member, on=TODAY)
    assert (member.admitted_on, member.case, member.import_reference) == (date(2010, 6, 30), "", f"import:{JOB.pk}")
    assert (state.association_id, state.firm.code) == ("330000", "33000012")
    assert state.firm.name == "杭州诚信会计师事务所（普通合伙）"
    assert search_register(name="王小明", on=TODAY).entries[0].number == "330000120001"


def test_second_time_changes_nothing():
    commit()
    assert commit() == "unchanged"
    assert Membership.objects.count() == Person.objects.count() == Firm.objects.count() == 1


@pytest.mark.parametrize(
    "change",
    [
        {"association": "浙江省注册会计师协会"},
        {"identity_type": "身份证"},
        {"identity_type": "resident_id", "sex": "F"},
        {"identity_number": "１１０１０５１９４９１２３１００２ｘ", "number": "3300 0012 0001", "name": "王 小明"},
    ],
)
def test_usual_ways_of_writing_are_understood(change):
    assert check(**change) == check()


@pytest.mark.parametrize(
    ("change", "column", "says"),
    [
        ({"name": "王1"}, "name", "1"),
        ({"sex": "?"}, "sex", "男"),
        ({"sex": "男"}, "sex", "不一致"),
        ({"identity_type": "学生证"}, "identity_type", "护照"),
        ({"identity_number": "110105194912310023"}, "identity_number", "最后一位"),
        ({"identity_type": "护照", "identity_number": "E12345678"}, "country", "USA"),
        ({"number": "12345"}, "number", "12 位"),
        ({"number": "33000012000"}, "number", "开头的 0"),
        ({"admitted_on": date(2026, 11, 26)}, "admitted_on", "今天之后"),
        ({"association": "999999"}, "association", "330000"),
        ({"firm_code": "123"}, "firm_code", "8 位"),
        ({"firm_name": ""}, "firm_code", "同时"),
        ({"firm_code": ""}, "firm_code", "同时"),
    ],
)
def test_bad_cell_is_named_with_the_way_to_mend_it(change, column, says):
    assert says in problems(**change)[column]


def test_all_problems_of_a_row_are_told_at_once():
    assert set(problems(name="", sex="?", number="1")) == {"name", "sex", "number"}


def test_member_without_a_firm_and_with_a_passport_is_taken():
    passport = {"identity_type": "护照", "identity_number": "E12345678", "country": "usa"}
    row = check(firm_code="", firm_name="", **passport)
    assert isinstance(row, MemberRow)
    assert row.country == "USA"
    assert commit(firm_code="", firm_name="", **passport) == "created"


def test_same_number_or_person_twice_in_a_file_is_noticed():
    context = {}
    check(context)
    assert set(problems(context=context)) == {"number", "identity_number"}


def test_resumed_dry_run_remembers_earlier_rows_without_asking_the_register(django_assert_num_queries):
    context = {}
    check(context)
    recalled = {"associations": context["associations"]}
    with django_assert_num_queries(0):
        MemberRows().recall(ROW, context=recalled, today=TODAY)
    assert recalled == context


def test_dry_run_tells_what_the_register_says_otherwise():
    commit()
    assert "转所" in problems(firm_code="33000013", firm_name="杭州另一会计师事务所")["number"]
    assert "已属于另一人" in problems(identity_number="440524188001010014", sex="男", name="李雷")["number"]
    make_member(make_person("李雷", identity_number="440524188001010014"))
    other = {"name": "李雷", "sex": "男", "identity_number": "440524188001010014", "number": "330000120009"}
    assert "已是会员" in problems(**other, admitted_on=date(2024, 6, 1))["number"]


def test_row_that_became_wrong_after_the_dry_run_is_refused_at_the_writing():
    rows, actor = MemberRows(), make_actor(Role.REGISTRAR)
    row = check()
    make_member(make_person("李雷"), kind="practising", number="330000120001")
    with pytest.raises(NumberTaken):
        rows.commit(row, actor=actor, job=JOB, now=now())
    make_member(make_person("王小明", identity_number="11010519491231002X"))
    with pytest.raises(AlreadyMember):
        rows.commit(replace(row, number="330000120002"), actor=actor, job=JOB, now=now())


def test_registered_name_is_not_changed_by_a_file():
    commit()
    row = replace(check(), name="王晓明")
    with pytest.raises(RegisteredOtherwise):
        MemberRows().commit(row, actor=make_actor(Role.REGISTRAR), job=JOB, now=now())


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.RECHECKER, Role.ADMINISTRATOR, Role.AUDITOR])
def test_only_a_registrar_may_import(role):
    with pytest.raises(NotPermitted):
        commit(make_actor((role, "330000") if role == Role.REVIEWER else role))
    assert not Membership.objects.exists()


def test_workbook_goes_all_the_way_and_a_second_time_changes_nothing():
    actor = make_actor(Role.REGISTRAR, user_id=make_user("registrar@example.org").pk)
    columns = [column.key for column in MemberRows.columns]
    cells = [str(ROW[key]) for key in columns]
    floated = ["李雷", "男", "身份证", 440524188001010014.0, "", "330000120002", "2010-06-30", "330000", "", ""]
    content = workbook([cells, floated], [str(column.label) for column in MemberRows.columns])
    for expected in (["created", "problem"], ["unchanged", "problem"]):
        job = upload_table(
            actor=actor, kind="members", content=content, filename="m.xlsx", language="zh-hans", now=now()
        )
        work_on_due(clock=now)
        commit_job(actor=actor, job_id=job.pk, now=now())
        work_on_due(clock=now)
        assert list(job.rows.order_by("line").values_list("outcome", flat=True)) == expected
    assert Membership.objects.get().import_reference.startswith("import:")


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("typed", ["居民身份证", "身份证", "Resident Identity Card (China)", "resident_id"])
def test_a_document_is_known_by_its_name_in_every_language(language, typed):
    with translation.override(language):
        assert check(identity_type=typed).identity_type == "resident_id"
