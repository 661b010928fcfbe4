from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError

from apps.accounts.enums import NATIONAL_CODE, Role
from apps.accounts.policies import NATIONAL_ROLES
from apps.associations.models import Association, Seat
from apps.associations.selectors import association_choices, contact_for, get_association, national_body, seats_on
from apps.associations.services import end_seat, grant_seat, load_reference_data
from apps.audit.selectors import records_of
from apps.core.actor import Actor, SeatGrant
from apps.core.clock import now as present
from apps.core.errors import NotPermitted, RequirementsMissing
from tests.factories.accounts import make_actor, make_user

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system("test")
DAY = date(2026, 11, 25)
MORNING = datetime(2026, 11, 25, 1, 0, tzinfo=UTC)


def grant(user, role=Role.REVIEWER, code="330000", *, actor=SYSTEM, from_on=DAY, to_on=None):
    return grant_seat(
        actor=actor, user_id=user.pk, association_code=code, role=role, from_on=from_on, to_on=to_on, now=present()
    )


def test_thirty_three_bodies_are_there_and_loading_again_changes_nothing():
    Association.objects.filter(pk="330000").update(phone="0571-00000000")
    load_reference_data(now=present())
    assert Association.objects.count() == 33
    assert get_association("330000").phone == "0571-00000000"
    assert [code for code, _ in association_choices()][:2] == ["000000", "110000"]
    assert "000000" not in dict(association_choices(with_national=False))


def test_shaanxi_and_shanxi_stay_distinct_in_english():
    assert get_association("610000").english_name.startswith("Shaanxi ")
    assert get_association("140000").english_name.startswith("Shanxi ")


def test_contact_falls_back_to_the_national_body_when_no_own_phone_is_known():
    contact = contact_for(get_association("330000"))
    assert contact.association == national_body()
    assert contact.phone == "010-88250337, 010-88250338"


@pytest.mark.parametrize(("offset", "sits"), [(-1, False), (0, True), (5, True), (6, False)])
def test_seat_is_in_force_from_its_first_to_its_last_day(offset, sits):
    user = make_user()
    grant(user, to_on=DAY + timedelta(days=5))
    expected = (SeatGrant("330000", Role.REVIEWER),) if sits else ()
    assert seats_on(user.pk, DAY + timedelta(days=offset)) == expected


def test_inactive_account_has_no_seats():
    user = make_user(is_active=False)
    grant(user)
    assert seats_on(user.pk, DAY) == ()


def test_granting_twice_gives_one_seat_and_one_record():
    user = make_user()
    seat = grant(user)
    assert grant(user) == seat
    assert [record.action for record in records_of("associations.seat", seat.pk)] == ["seat.granted"]


@pytest.mark.parametrize("role", sorted(NATIONAL_ROLES))
def test_national_role_sits_only_at_the_national_body(role):
    user = make_user()
    with pytest.raises(RequirementsMissing):
        grant(user, role, "330000")
    assert grant(user, role, NATIONAL_CODE).association_id == NATIONAL_CODE


def test_database_refuses_a_national_role_at_an_association():
    user = make_user()
    with pytest.raises(IntegrityError):
        Seat.objects.create(user=user, association_id="330000", role=Role.RECHECKER, from_on=DAY, granted_at=present())


def test_administrator_auditor_and_security_are_different_people():
    user = make_user()
    grant(user, Role.ADMINISTRATOR, NATIONAL_CODE)
    with pytest.raises(RequirementsMissing):
        grant(user, Role.AUDITOR, NATIONAL_CODE)


def test_only_an_administrator_grants_and_never_to_oneself():
    user = make_user()
    with pytest.raises(NotPermitted):
        grant(user, actor=make_actor((Role.REVIEWER, "330000"), user_id=user.pk + 1))
    with pytest.raises(NotPermitted):
        grant(user, actor=make_actor(Role.ADMINISTRATOR, user_id=user.pk))
    assert grant(user, actor=make_actor(Role.ADMINISTRATOR, user_id=user.pk + 1))


def test_ended_seat_is_in_force_through_its_last_day():
    user = make_user()
    today = present().date()
    seat = grant(user, from_on=today - timedelta(days=10))
    end_seat(actor=SYSTEM, seat_id=seat.pk, last_on=today + timedelta(days=1), now=present())
    assert seats_on(user.pk, today + timedelta(days=1))
    assert not seats_on(user.pk, today + timedelta(days=2))
    with pytest.raises(RequirementsMissing):
        end_seat(actor=SYSTEM, seat_id=seat.pk, last_on=today - timedelta(days=1), now=present())


def test_seats_are_granted_and_ended_only_with_their_record(monkeypatch):
    user, seat = make_user(email="chen.jing@example.org"), grant(make_user())
    before = Seat.objects.count()
    with monkeypatch.context() as patch:
        patch.setattr("apps.associations.services.seats.record", lambda *args, **kwargs: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            grant(user)
        with pytest.raises(ZeroDivisionError):
            end_seat(actor=SYSTEM, seat_id=seat.pk, last_on=seat.from_on, now=MORNING)
    seat.refresh_from_db()
    assert (Seat.objects.count(), seat.to_on) == (before, None)
    end_seat(actor=SYSTEM, seat_id=seat.pk, last_on=seat.from_on, now=MORNING)
    actions = {record.action for record in records_of("associations.seat", seat.pk)}
    assert actions == {"seat.granted", "seat.ended"}
