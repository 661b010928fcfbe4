"""An undone admission: void from its first day, and still known as it was known."""

from datetime import UTC, date, datetime, timedelta

import pytest

from apps.accounts.enums import SignInKind
from apps.accounts.models import SignInName
from apps.audit.models import Record
from apps.core.actor import Actor
from apps.core.errors import TransitionRefused
from apps.members.enums import MembershipStatus
from apps.members.selectors import (
    current_membership_of,
    has_membership_after,
    is_void,
    membership_history,
    membership_state,
)
from apps.members.services import end_membership, give_sign_in_names, void_membership
from apps.outbox.models import Event
from apps.people.services import link_user
from tests.factories.accounts import make_user
from tests.factories.members import make_member
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db

SYSTEM = Actor.system("test")
ADMITTED_AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
UNDONE_AT = ADMITTED_AT + timedelta(days=30)
DAY = date(2026, 3, 10)


def member(person=None):
    return make_member(person, effective_on=ADMITTED_AT.date(), now=ADMITTED_AT)


def undo(membership, now=UNDONE_AT):
    return void_membership(actor=SYSTEM, membership_id=membership.pk, case="TEST", now=now)


def test_there_never_was_a_membership_and_what_was_known_stays():
    membership = member()
    undo(membership)
    assert is_void(membership)
    assert membership_state(membership, on=DAY).status == MembershipStatus.VOID
    assert membership_state(membership, on=DAY, known_at=UNDONE_AT - timedelta(days=1)).is_active
    assert not has_membership_after(membership.person_id, ADMITTED_AT.date())
    assert current_membership_of(membership.person_id, on=DAY) is None
    assert [period.status for period in membership_history(membership)] == [MembershipStatus.VOID]


def test_the_number_leads_to_no_account_any_more_and_is_never_given_again():
    person, user = make_person(), make_user("a@example.org")
    link_user(user_id=user.pk, person_id=person.pk, now=ADMITTED_AT)
    membership = member(person)
    names = SignInName.objects.filter(kind=SignInKind.NON_PRACTISING_NUMBER, value=membership.number)
    assert names.exists()
    undo(membership)
    assert not names.exists()
    give_sign_in_names(user_id=user.pk, now=UNDONE_AT)
    assert not names.exists()
    again = make_member(person, effective_on=UNDONE_AT.date(), now=UNDONE_AT)
    assert again.number != membership.number
    assert SignInName.objects.get(user=user).value == again.number


def test_it_is_recorded_and_told():
    membership = member()
    undo(membership)
    assert Record.objects.get(action="membership.voided").before["status"] == "active"
    assert Event.objects.get(name="membership.voided").payload["membership_id"] == str(membership.pk)


def test_what_is_void_or_ended_is_not_undone_again():
    membership = member()
    undo(membership)
    with pytest.raises(TransitionRefused):
        undo(membership)
    ended = member()
    end_membership(actor=SYSTEM, membership_id=ended.pk, reason="withdrawn", on=DAY, now=UNDONE_AT)
    with pytest.raises(TransitionRefused):
        undo(ended)
