"""The registrar's pages about members: look, add, end, withdraw; others find nothing there."""

import pytest
from django.urls import reverse

from apps.accounts.enums import Role
from apps.audit.models import Record
from apps.standing.models import MemberRecord
from tests.factories.accounts import make_actor
from tests.factories.members import make_member
from tests.factories.standing import make_member_record

pytestmark = pytest.mark.django_db

ADD, LIST = "standing:add_member_record", "standing:member_records"


@pytest.fixture
def registrar(desk):
    return desk(make_actor(Role.REGISTRAR))


def form(membership, **changes):
    values = {
        "kind": membership.kind,
        "number": membership.number,
        "outcome": "condemned",
        **dict(zip(("decided_on_year", "decided_on_month", "decided_on_day"), ("2026", "4", "20"), strict=True)),
        "document": "会协〔2026〕8号",
        "source": "中国注册会计师协会",
    }
    return values | changes


def test_record_is_added_shown_found_by_number_ended_and_withdrawn(registrar):
    membership, other = make_member(), make_member()
    make_member_record(other.person_id, "passed")
    response = registrar.post(reverse(ADD), form(membership))
    row = MemberRecord.objects.get(matter="discipline")
    address = reverse("standing:member_record", args=[row.pk])
    assert response["Location"] == address
    found = registrar.get(reverse(LIST), {"kind": membership.kind, "number": membership.number}).content.decode()
    assert "公开谴责" in found and "年检通过" not in found
    assert "没有这个编号" in registrar.get(reverse(LIST), {"kind": "practising", "number": "1"}).content.decode()
    days = dict(zip(("on_year", "on_month", "on_day"), ("2026", "6", "1"), strict=True))
    registrar.post(address, days | {"end": "1"})
    row.refresh_from_db()
    assert str(row.until_on) == "2026-06-01"
    registrar.post(address, {"why": "同名", "withdraw": "1"})
    assert "同名" in registrar.get(address).content.decode()
    actions = set(Record.objects.values_list("action", flat=True))
    assert {"member_record.recorded", "member_record.ended", "member_record.withdrawn", "person.read"} <= actions


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"number": "999"}, "没有这个编号的会员"),
        ({"outcome": ""}, "请选择记录什么"),
        ({"outcome": "passed"}, "请填写是哪一年度的"),
        ({"outcome": "passed", "year": "3000"}, "请填写是哪一年度的"),
        ({"outcome": "hours", "year": "2025"}, "请填写学时"),
        ({"outcome": "hours", "year": "2025", "hours": "many"}, "0 至 1000"),
        ({"document": ""}, "请填写文书号"),
        ({"decided_on_year": "2099"}, "今天之后"),
        ({"until_on_year": "2025", "until_on_month": "1", "until_on_day": "1"}, "不能早于"),
        ({"source": ""}, "请填写来源"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_lost(registrar, changes, words):
    page = registrar.post(reverse(ADD), form(make_member(), **changes)).content.decode()
    assert words in page
    assert "source" in changes or "中国注册会计师协会" in page
    assert not MemberRecord.objects.exists()


def test_second_outcome_of_a_year_is_refused_with_a_sentence(registrar):
    membership = make_member()
    make_member_record(membership.person_id, "failed")
    page = registrar.post(reverse(ADD), form(membership, outcome="passed", year="2025")).content.decode()
    assert "已经有记录" in page


def test_others_find_nothing_there(desk):
    row = make_member_record(make_member().person_id)
    for address in (reverse(LIST), reverse(ADD), reverse("standing:member_record", args=[row.pk])):
        assert desk(make_actor(Role.RECHECKER)).get(address).status_code == 404
