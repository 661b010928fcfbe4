"""The public search at /register/ (product.md, D1)."""

from datetime import date

import pytest
from django.urls import reverse

from apps.members.enums import MembershipStatus
from apps.members.selectors import search_register
from apps.members.services import end_membership
from apps.members.services.periods import change_from
from apps.people.models import Person
from tests.factories.firms import make_firm
from tests.factories.members import SYSTEM, make_cpa, make_member
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)


@pytest.fixture
def firm():
    return make_firm()


def search(**query):
    return search_register(on=TODAY, **query)


def names(**query):
    return [entry.name for entry in search(**query).entries]


def test_cpa_is_found_by_exact_name_or_number_with_what_the_public_may_see(firm):
    make_cpa("王小明", number="330000120001", firm_code=firm.code)
    for query in ({"name": "王小明"}, {"number": "３３００ ００12-0001"}, {"name": "王小明", "number": "330000120001"}):
        (entry,) = search(**query).entries
        assert (entry.name, entry.number, entry.firm, entry.association.code, entry.status, entry.since) == (
            "王小明",
            "330000120001",
            firm,
            "330000",
            MembershipStatus.ACTIVE,
            date(2024, 5, 6),
        )


@pytest.mark.parametrize(
    "query",
    [
        {"name": "王小"},
        {"name": "王小明%"},
        {"number": "33000012"},
        {"name": "李雷", "number": "330000120001"},
        {"firm": "诚信"},
        {"association": "330000"},
        {"firm": "诚信", "association": "330000"},
        {},
    ],
)
def test_part_of_a_name_or_firm_and_association_alone_list_nobody(firm, query):
    make_cpa("王小明", number="330000120001", firm_code=firm.code)
    assert names(**query) == []


def test_name_is_narrowed_by_firm_and_association(firm):
    make_cpa(number="330000120001", firm_code=firm.code)
    make_cpa(number="310000010001", association_code="310000")
    assert [e.number for e in search(name="王小明").entries] == ["310000010001", "330000120001"]
    for query in ({"firm": "诚信"}, {"firm": "33000012"}, {"association": "330000"}):
        assert [e.number for e in search(name="王小明", **query).entries] == ["330000120001"]
    assert names(name="王小明", firm="诚信", association="310000") == []


def test_rare_and_minority_names_are_found_as_typed():
    make_cpa("𠮷·买买提", number="330000120001")
    assert names(name="𠮷•买买提") == ["𠮷·买买提"]
    assert names(name="吉·买买提") == []


def test_non_practising_future_and_ended_members_are_not_listed():
    make_member(make_person("王小明"))
    make_cpa("王小明", number="330000120001", effective_on=date(2026, 11, 26))
    ended = make_cpa("王小明", number="330000120002")
    end_membership(actor=SYSTEM, membership_id=ended.pk, reason="cancelled", on=TODAY, now=ended.recorded_at)
    assert names(name="王小明") == []


def test_suspended_cpa_is_shown_as_suspended():
    cpa = make_cpa()
    change_from(cpa, date(2025, 1, 1), status=MembershipStatus.SUSPENDED, case="T", now=cpa.recorded_at)
    (entry,) = search(name="王小明").entries
    assert (entry.status, entry.since) == (MembershipStatus.SUSPENDED, date(2024, 5, 6))


def test_twenty_are_shown_and_the_page_says_when_there_are_more(client):
    for index in range(21):
        make_cpa(number=f"33000012{index:04d}")
    findings = search(name="王小明")
    assert (len(findings.entries), findings.more) == (20, True)
    assert not search(name="王小明", number="330000120020").more
    assert "缩小范围" in page(client, name="王小明")


def test_erased_person_is_not_listed():
    cpa = make_cpa()
    key = Person.objects.get(pk=cpa.person_id).data_key
    key.wrapped, key.destroyed_at = None, cpa.recorded_at
    key.save()
    assert names(number=cpa.number) == []


def page(client, **query):
    response = client.get(reverse("members:register"), query)
    assert response.status_code == 200
    return response.content.decode()


def test_page_asks_first_and_shows_no_error(client):
    text = page(client)
    assert "查询注册会计师" in text
    assert "有几处需要更正" not in text


def test_page_shows_the_finding_and_keeps_what_was_typed(client, firm):
    make_cpa(firm_code=firm.code)
    text = page(client, name="王小明")
    for shown in ('<span class="id-group">3300</span>', firm.name, "浙江", "2024", 'value="王小明"', "有效"):
        assert shown in text


def test_page_explains_when_nothing_is_found(client):
    text = page(client, name="王小明")
    assert "没有找到" in text
    assert "/associations/" in text


@pytest.mark.parametrize("query", [{"name": " "}, {"firm": "诚信"}, {"association": "330000"}])
def test_page_asks_for_name_or_number(client, query):
    text = page(client, **query)
    assert "请填写完整的姓名或证书编号" in text
    assert 'href="#id_name"' in text


@pytest.mark.parametrize("query", [{"association": "999999", "name": "王"}, {"name": "王" * 51}, {"number": "\x00"}])
def test_page_answers_bad_input_with_a_sentence(client, query):
    assert "error-summary" in page(client, **query)


def test_page_needs_at_most_five_queries_and_writes_nothing(client, django_assert_max_num_queries, firm):
    for index in range(25):
        make_cpa(number=f"33000012{index:04d}", firm_code=firm.code)
    with django_assert_max_num_queries(5) as captured:
        page(client, name="王小明")
    assert all(query["sql"].startswith("SELECT") for query in captured.captured_queries)


def test_page_reads_in_english(client, firm):
    make_cpa(firm_code=firm.code)
    response = client.get(reverse("members:register"), {"name": "王小明"}, headers={"accept-language": "en"})
    text = response.content.decode()
    for shown in ("Find a CPA", "1 person found", "Valid", "6 May 2024", "Zhejiang"):
        assert shown in text
