"""The registrar's pages: look, add, withdraw, import; others find nothing there."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.urls import reverse

from apps.accounts.enums import Role
from apps.audit.models import Record
from apps.core.clock import now
from apps.core.models import new_id
from apps.imports.models import Job
from apps.imports.services import commit_job, upload_table, work_on_due
from apps.standing.models import RecordedFact
from apps.standing.services.fact_import import FactRows
from tests.factories.accounts import make_actor, make_user
from tests.factories.facts import make_fact

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 25)
JOB = SimpleNamespace(pk=new_id())
FORM = {
    "ground": "criminal",
    "name": "王小明",
    "identity_type": "resident_id",
    "identity_number": "11010519491231002x",
    **dict(zip(("decided_on_year", "decided_on_month", "decided_on_day"), ("2019", "6", "10"), strict=True)),
    **dict(zip(("completed_on_year", "completed_on_month", "completed_on_day"), ("2023", "6", "9"), strict=True)),
    "document": "（2019）浙01刑初12号",
    "source": "浙江省注册会计师协会",
}
ROW = {
    "ground": "刑事处罚",
    "name": "王小明",
    "identity_type": "身份证",
    "identity_number": "11010519491231002X",
    "birth_on": None,
    "decided_on": date(2019, 6, 10),
    "completed_on": date(2023, 6, 9),
    "document": "（2019）浙01刑初12号",
    "source": "浙江省注册会计师协会",
}


@pytest.fixture
def registrar(desk):
    return desk(make_actor(Role.REGISTRAR))


def test_fact_is_added_shown_found_by_sound_and_withdrawn(registrar):
    response = registrar.post(reverse("standing:add_fact"), FORM)
    fact = RecordedFact.objects.get()
    assert response["Location"] == reverse("standing:fact", args=[fact.pk])
    assert (fact.identity_number, fact.birth_on) == ("11010519491231002X", date(1949, 12, 31))
    assert "王小明" in registrar.get(reverse("standing:facts"), {"name": "汪晓明"}).content.decode()
    assert "王小明" not in registrar.get(reverse("standing:facts"), {"name": "李娜"}).content.decode()
    registrar.post(reverse("standing:fact", args=[fact.pk]), {"why": "已被撤销"})
    assert "已被撤销" in registrar.get(reverse("standing:fact", args=[fact.pk])).content.decode()
    actions = set(Record.objects.values_list("action", flat=True))
    assert {"fact.recorded", "fact.read", "fact.withdrawn"} <= actions


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"ground": ""}, "请选择情形"),
        ({"identity_type": ""}, "须同时填写"),
        ({"identity_number": "123"}, "格式"),
        ({"decided_on_year": "2099"}, "今天之后"),
        ({"completed_on_year": "2018"}, "不能早于"),
        ({"ground": "revoked"}, "只有刑事处罚"),
        ({"document": ""}, "文书号"),
        ({"name": "王@明"}, "姓名中不能有"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_lost(registrar, changes, word):
    page = registrar.post(reverse("standing:add_fact"), FORM | changes).content.decode()
    assert word in page and "浙江省注册会计师协会" in page
    assert RecordedFact.objects.count() == 0


def test_same_fact_again_is_told(registrar):
    registrar.post(reverse("standing:add_fact"), FORM)
    assert "已经存在" in registrar.post(reverse("standing:add_fact"), FORM).content.decode()


def test_withdrawal_without_reason_is_told(registrar):
    fact = make_fact()
    page = registrar.post(reverse("standing:fact", args=[fact.pk]), {"why": " "}).content.decode()
    assert "撤回的理由" in page
    fact.refresh_from_db()
    assert fact.withdrawn_at is None


def test_pages_go_on_without_losing_or_repeating_any(registrar):
    for number in range(51):
        make_fact(document=str(number), now=now())
    first = registrar.get(reverse("standing:facts")).context
    second = registrar.get(reverse("standing:facts") + first["next_url"]).context
    shown = [fact.pk for fact in (*first["facts"], *second["facts"])]
    assert len(shown) == len(set(shown)) == 51 and second["next_url"] == ""


def test_unknown_cursor_starts_from_the_top(registrar):
    make_fact()
    assert len(registrar.get(reverse("standing:facts"), {"after": "x~y"}).context["facts"]) == 1


@pytest.mark.parametrize("role", [Role.RECHECKER, (Role.REVIEWER, "330000"), Role.AUDITOR])
def test_others_find_nothing_there(desk, role):
    assert desk(make_actor(role)).get(reverse("standing:facts")).status_code == 404


def test_fact_that_does_not_exist_is_404(registrar):
    assert registrar.get(reverse("standing:fact", args=[new_id()])).status_code == 404


# The import.


def check(context=None, **changes):
    return FactRows().check(ROW | changes, context={} if context is None else context, today=TODAY)


def problems(**changes):
    found = check(**changes)
    return {problem.column for problem in found} if isinstance(found, list) else set()


def test_good_row_is_recorded_once():
    registrar = make_actor(Role.REGISTRAR)
    handler = FactRows()
    job = SimpleNamespace(pk=None)
    assert handler.commit(check(), actor=registrar, job=job, now=now()) == "created"
    assert handler.commit(check(), actor=registrar, job=job, now=now()) == "unchanged"
    assert RecordedFact.objects.get().birth_on == date(1949, 12, 31)


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"ground": "迟到"}, "ground"),
        ({"name": ""}, "name"),
        ({"identity_type": ""}, "identity_number"),
        ({"identity_number": "123"}, "identity_number"),
        ({"birth_on": date(1950, 1, 1)}, "birth_on"),
        ({"decided_on": date(1979, 1, 1), "completed_on": None}, "decided_on"),
        ({"decided_on": date(2027, 1, 1), "completed_on": None}, "decided_on"),
        ({"completed_on": date(2018, 1, 1)}, "completed_on"),
        ({"ground": "除名"}, "completed_on"),
        ({"document": "号" * 121}, "document"),
    ],
)
def test_row_that_cannot_be_names_its_column(changes, column):
    assert column in problems(**changes)


def test_document_of_a_court_with_a_wrong_check_digit_is_kept():
    assert check(identity_number="110105194912310023").identity_number == "110105194912310023"


def test_same_line_twice_in_a_file_is_told():
    context = {}
    assert not isinstance(check(context), list)
    assert isinstance(check(context), list)


def test_file_goes_through_dry_run_and_is_written():
    user = make_user("registrar@example.org")
    registrar = make_actor(Role.REGISTRAR, user_id=user.pk)
    text = "情形,姓名,证件类型,证件号码,决定日期,执行完毕日期,文书号,来源\n"
    text += "除名,王小明,居民身份证,11010519491231002X,2021-06-10,,浙注协〔2021〕5号,浙江省注册会计师协会\n"
    text += "迟到,王小红,,,2021-06-10,,浙注协〔2021〕6号,浙江省注册会计师协会\n"
    job = upload_table(
        actor=registrar, kind="facts", content=text.encode(), filename="f.csv", language="zh-hans", now=now()
    )
    work_on_due(clock=now)
    assert RecordedFact.objects.count() == 0
    commit_job(actor=registrar, job_id=job.pk, now=now())
    work_on_due(clock=now)
    assert Job.objects.get(pk=job.pk).row_count == 2
    assert RecordedFact.objects.get().ground == "expelled"
