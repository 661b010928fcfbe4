"""What can never be false in the register is held by the database, whoever writes: each from both sides."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, InternalError, transaction

from apps.core.models import new_id
from apps.members.enums import MembershipStatus
from apps.members.models import Membership, MembershipPeriod
from tests.factories.members import make_member
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def write_membership(**changes):
    values = {
        "person": make_person(),
        "kind": "non_practising",
        "number": "332024000777",
        "admitted_on": date(2024, 1, 1),
        "case": "C-1",
        "recorded_at": NOW,
    }
    return Membership.objects.create(**values | changes)


def write_period(membership, **changes):
    values = {
        "membership": membership,
        "person": membership.person,
        "status": MembershipStatus.ACTIVE,
        "association_id": "330000",
        "valid_from": date(2024, 1, 1),
        "recorded_at": NOW,
    }
    return MembershipPeriod.objects.create(**values | changes)


def refused(act, **changes):
    with pytest.raises(IntegrityError), transaction.atomic():
        act(**changes)


def test_membership_needs_a_case_or_an_import():
    refused(write_membership, case="")
    write_membership(case="", import_reference="members-1/2")


def test_case_admits_once_but_imports_need_no_case():
    write_membership()
    refused(write_membership, number="332024000778")
    write_membership(number="332024000778", case="", import_reference="i")
    write_membership(number="332024000779", case="", import_reference="i")


def test_number_is_used_once_within_its_kind():
    write_membership()
    refused(write_membership, case="C-2")
    write_membership(case="C-2", kind="practising")


@pytest.mark.parametrize(
    "change", [{"kind": "honorary"}, {"number": ""}, {"number": "12 34"}, {"number": "１２３４５"}]
)
def test_membership_of_a_wrong_shape_is_refused(change):
    refused(write_membership, **change)


@pytest.mark.parametrize(
    "change",
    [
        {"valid_to": date(2024, 1, 1)},
        {"valid_to": date(2023, 1, 1)},
        {"superseded_at": datetime(2025, 12, 31, tzinfo=UTC)},
        {"status": "ended"},
        {"status": "ended", "end_reason": "bored"},
        {"end_reason": "withdrawn"},
        {"status": "not_yet"},
        {"status": "sleeping"},
    ],
)
def test_period_of_a_wrong_shape_is_refused(change):
    membership = write_membership()
    refused(write_period, membership=membership, **change)


def test_good_periods_are_taken():
    membership = write_membership()
    write_period(membership, valid_to=date(2024, 1, 2))
    write_period(membership, valid_from=date(2024, 1, 2), status="ended", end_reason="deceased")


def test_one_membership_has_one_truth_for_a_day():
    membership = write_membership()
    write_period(membership, valid_to=date(2025, 1, 1))
    refused(write_period, membership=membership, valid_from=date(2024, 12, 31), status="suspended")
    write_period(membership, valid_from=date(2025, 1, 1), status="suspended")


def test_what_was_superseded_may_be_told_otherwise_afterwards_only():
    membership = write_membership()
    write_period(membership, superseded_at=datetime(2026, 2, 1, tzinfo=UTC))
    refused(write_period, membership=membership, recorded_at=datetime(2026, 1, 15, tzinfo=UTC))
    write_period(membership, recorded_at=datetime(2026, 2, 1, tzinfo=UTC))


def test_person_has_one_current_membership_for_a_day():
    first = write_membership()
    second = write_membership(person=first.person, case="C-2", number="332024000778")
    write_period(first, valid_to=date(2025, 1, 1))
    refused(write_period, membership=second)
    write_period(second, valid_from=date(2025, 1, 1))
    write_period(first, valid_from=date(2025, 1, 1), status="ended", end_reason="converted")


@pytest.mark.parametrize(
    "change", [{"number": "332024000999"}, {"case": "other"}, {"kind": "practising"}, {"person_id": new_id()}]
)
def test_admission_is_never_rewritten(change):
    member = make_member()
    with pytest.raises(InternalError), transaction.atomic():
        Membership.objects.filter(pk=member.pk).update(**change)


def test_members_and_periods_are_never_deleted():
    member = make_member()
    for rows in (member.periods.all(), Membership.objects.all()):
        with pytest.raises(InternalError), transaction.atomic():
            rows._raw_delete("default")


def test_period_changes_only_by_being_superseded_once():
    member = make_member()
    for change in ({"valid_to": date(2030, 1, 1)}, {"status": "suspended"}, {"association_id": "310000"}):
        with pytest.raises(InternalError), transaction.atomic():
            member.periods.update(**change)
    later = datetime(2100, 1, 1, tzinfo=UTC)
    member.periods.update(superseded_at=later)
    with pytest.raises(InternalError), transaction.atomic():
        member.periods.update(superseded_at=None)
