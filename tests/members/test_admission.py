from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection

from apps.accounts.enums import SignInKind
from apps.accounts.selectors import user_by_sign_in_name
from apps.audit.models import Record
from apps.core import clock
from apps.members.enums import MemberKind, MembershipStatus
from apps.members.models import Membership, MembershipPeriod, NumberSequence
from apps.members.selectors import (
    membership_by_number,
    membership_by_number_and_name,
    membership_of_case,
    membership_state,
    memberships_of_user,
)
from apps.members.services import AlreadyMember, NumberTaken, admission, end_membership, give_sign_in_names
from apps.outbox.models import Event
from apps.people.services import link_user
from tests.factories.accounts import make_user
from tests.factories.firms import make_firm
from tests.factories.members import SYSTEM, make_cpa, make_member
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db
DAY = date(2024, 5, 6)


def test_admission_makes_member_number_period_record_and_event():
    member = make_member(case="ZJ-2024-1")
    assert member.number == "332024000001"
    state = membership_state(member, on=DAY)
    assert (state.status, state.association_id, state.since) == (MembershipStatus.ACTIVE, "330000", DAY)
    record = Record.objects.get(action="membership.admitted")
    assert (record.case, record.subject_id, record.after["number"]) == ("ZJ-2024-1", str(member.pk), member.number)
    assert Event.objects.get(name="membership.admitted").payload == {
        "membership_id": str(member.pk),
        "person_id": str(member.person_id),
        "case": "ZJ-2024-1",
    }


def test_member_is_found_by_case_and_by_number_however_typed():
    member = make_member(case="ZJ-2024-1")
    assert membership_of_case("ZJ-2024-1") == member
    assert membership_of_case("") is None
    assert membership_by_number(MemberKind.NON_PRACTISING, " ３３2024-000001") == member
    assert membership_by_number(MemberKind.PRACTISING, member.number) is None
    assert membership_by_number_and_name("non_practising", member.number, "王 小明") == member
    assert membership_by_number_and_name("non_practising", member.number, "王晓明") is None


def test_repeated_admission_of_a_case_changes_nothing():
    person = make_person()
    first = make_member(person, case="ZJ-2024-1")
    assert make_member(person, case="ZJ-2024-1") == first
    assert [
        Membership.objects.count(),
        MembershipPeriod.objects.count(),
        Event.objects.filter(name="membership.admitted").count(),
    ] == [1, 1, 1]


@pytest.mark.parametrize("kind", MemberKind)
@pytest.mark.parametrize("effective_on", [date(2023, 1, 1), DAY, date(2025, 1, 1)])
def test_member_of_either_kind_is_not_admitted_again(kind, effective_on):
    person = make_person()
    make_member(person)
    with pytest.raises(AlreadyMember):
        make_member(person, kind=kind, number="330000120001", effective_on=effective_on)


def test_number_is_never_given_again_after_the_membership_ended():
    person = make_person()
    first = make_member(person)
    end_membership(actor=SYSTEM, membership_id=first.pk, reason="withdrawn", on=date(2025, 1, 1), now=first.recorded_at)
    second = make_member(person, effective_on=date(2025, 1, 1))
    assert second.number != first.number
    with pytest.raises(NumberTaken):
        make_member(make_person(), number=first.number)


def test_rule_skips_numbers_that_an_import_brought():
    make_member(make_person(), number="332024000001")
    assert make_member(make_person()).number == "332024000002"


def test_numbers_count_by_region_and_year():
    numbers = [
        make_member(make_person(), association_code=code, effective_on=day).number
        for code, day in [("330000", DAY), ("330000", DAY), ("310000", DAY), ("330000", date(2025, 1, 1))]
    ]
    assert numbers == ["332024000001", "332024000002", "312024000001", "332025000001"]


def test_practising_member_stands_at_a_firm():
    make_firm()
    cpa = make_cpa(firm_code="33000012")
    assert membership_state(cpa, on=DAY).firm.code == "33000012"


def test_number_becomes_a_sign_in_name_of_the_account_that_was_linked_last():
    person, now = make_person(), clock.now()
    staff, applicant = make_user("staff@example.cn"), make_user("me@example.cn")
    for user in (staff, applicant):
        link_user(user_id=user.pk, person_id=person.pk, now=now)
    member = make_member(person)
    assert user_by_sign_in_name("non_practising", member.number) == applicant
    assert list(memberships_of_user(staff.pk)) == list(memberships_of_user(applicant.pk)) == [member]
    give_sign_in_names(user_id=staff.pk, now=now)
    assert user_by_sign_in_name("non_practising", member.number) == applicant


def test_account_linked_after_admission_gets_its_number():
    member, user = make_member(), make_user()
    assert not memberships_of_user(user.pk).exists()
    link_user(user_id=user.pk, person_id=member.person_id, now=clock.now())
    give_sign_in_names(user_id=user.pk, now=clock.now())
    assert user_by_sign_in_name("non_practising", member.number) == user


def test_admission_fails_with_its_record_and_leaves_nothing(monkeypatch):
    person = make_person()
    monkeypatch.setattr(admission, "record", lambda *a, **k: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        make_member(person)
    assert not Membership.objects.exists()
    assert not MembershipPeriod.objects.exists()
    assert not NumberSequence.objects.exists()
    assert not Event.objects.filter(name="membership.admitted").exists()


def at_once(count, act):
    def run(index):
        try:
            return act(index)
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


@pytest.mark.django_db(transaction=True)
def test_fifty_admissions_of_one_case_at_once_make_one_member():
    person = make_person()
    made = at_once(50, lambda _: make_member(person, case="ZJ-2024-1").pk)
    assert len(set(made)) == 1
    assert (
        Membership.objects.count()
        == MembershipPeriod.objects.count()
        == Event.objects.filter(name="membership.admitted").count()
        == 1
    )
    assert NumberSequence.objects.get().last == 1


@pytest.mark.django_db(transaction=True)
def test_admissions_of_one_person_in_two_cases_at_once_make_one_member():
    person = make_person()

    def admit(index):
        try:
            return make_member(person, case=f"ZJ-2024-{index}").pk
        except AlreadyMember:
            return None

    assert len([pk for pk in at_once(10, admit) if pk]) == 1


@pytest.mark.django_db(transaction=True)
def test_admissions_of_many_persons_at_once_give_each_its_own_number():
    people = [make_person() for _ in range(20)]
    numbers = at_once(20, lambda index: make_member(people[index]).number)
    assert sorted(numbers) == [f"332024{n:06d}" for n in range(1, 21)]


def test_kinds_of_members_are_doors_of_the_sign_in_page():
    assert set(MemberKind.values) <= set(SignInKind.values)
