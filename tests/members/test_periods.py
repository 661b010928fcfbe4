from datetime import UTC, date, datetime

import pytest

from apps.audit.models import Record
from apps.core.errors import TransitionRefused
from apps.members.enums import EndReason, MembershipStatus
from apps.members.models import MembershipPeriod
from apps.members.selectors import current_membership_of, membership_history, membership_state
from apps.members.services import end_membership, ending
from apps.members.services.periods import change_from
from apps.outbox.models import Event
from tests.factories.members import SYSTEM, make_member

pytestmark = pytest.mark.django_db

ADMITTED = date(2024, 5, 6)
END = date(2025, 3, 1)
LEARNT = datetime(2024, 5, 10, tzinfo=UTC)
ENDED_AT = datetime(2025, 4, 1, tzinfo=UTC)


@pytest.fixture
def member():
    return make_member(effective_on=ADMITTED, now=LEARNT)


def end(member, **changes):
    values = {"membership_id": member.pk, "reason": EndReason.WITHDRAWN, "on": END, "now": ENDED_AT, "case": "T-9"}
    return end_membership(actor=SYSTEM, **values | changes)


@pytest.mark.parametrize(
    ("on", "known_at", "status"),
    [
        (date(2024, 5, 5), None, MembershipStatus.NOT_YET),
        (ADMITTED, None, MembershipStatus.ACTIVE),
        (date(2025, 2, 28), None, MembershipStatus.ACTIVE),
        (END, None, MembershipStatus.ENDED),
        (date(2040, 1, 1), None, MembershipStatus.ENDED),
        (ADMITTED, datetime(2024, 5, 9, tzinfo=UTC), MembershipStatus.NOT_YET),
        (ADMITTED, LEARNT, MembershipStatus.ACTIVE),
        (END, datetime(2025, 3, 31, tzinfo=UTC), MembershipStatus.ACTIVE),
        (END, ENDED_AT, MembershipStatus.ENDED),
        (ADMITTED, ENDED_AT, MembershipStatus.ACTIVE),
    ],
)
def test_state_on_a_day_as_known_on_another(member, on, known_at, status):
    end(member)
    assert membership_state(member, on=on, known_at=known_at).status == status


def test_ending_keeps_every_row_and_says_why_and_by_which_case(member):
    end(member)
    assert MembershipPeriod.objects.count() == 3
    first, last = membership_history(member)
    assert (first.valid_from, first.valid_to, first.recorded_by_case) == (ADMITTED, END, "T-9")
    assert (last.valid_from, last.valid_to, last.end_reason) == (END, None, EndReason.WITHDRAWN)
    assert [p.valid_to for p in membership_history(member, known_at=LEARNT)] == [None]
    assert Record.objects.get(action="membership.ended").case == "T-9"
    assert Event.objects.filter(name="membership.ended").count() == 1
    assert current_membership_of(member.person_id, on=END) is None
    assert current_membership_of(member.person_id, on=date(2025, 2, 28)) == member


def test_membership_ends_once(member):
    end(member)
    with pytest.raises(TransitionRefused):
        end(member)
    assert MembershipPeriod.objects.count() == 3


def test_membership_does_not_end_before_it_began(member):
    with pytest.raises(TransitionRefused):
        end(member, on=date(2024, 5, 5))


def test_ending_on_the_first_day_leaves_no_day_of_membership(member):
    end(member, on=ADMITTED)
    assert membership_state(member, on=ADMITTED).status == MembershipStatus.ENDED
    assert [p.status for p in membership_history(member)] == [MembershipStatus.ENDED]


def test_end_earlier_than_a_change_already_known_supersedes_the_change(member):
    change_from(member, date(2026, 1, 1), status=MembershipStatus.SUSPENDED, case="T-8", now=LEARNT)
    end(member)
    assert [p.status for p in membership_history(member)] == [MembershipStatus.ACTIVE, MembershipStatus.ENDED]
    assert membership_state(member, on=date(2026, 1, 1), known_at=LEARNT).status == MembershipStatus.SUSPENDED


def test_ending_fails_with_its_record(member, monkeypatch):
    monkeypatch.setattr(ending, "record", lambda *a, **k: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        end(member)
    assert membership_state(member, on=END).status == MembershipStatus.ACTIVE
    assert MembershipPeriod.objects.get().superseded_at is None
