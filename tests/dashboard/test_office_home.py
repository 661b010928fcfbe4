"""The office's home: what a seat opens, with what waits there, and nothing else."""

import pytest

from apps.accounts.enums import Role
from apps.applicants.enums import State
from apps.core import clock
from apps.dashboard.selectors import office_entries, office_navigation
from tests.factories.accounts import make_actor, make_officer, make_user, sign_in_officer
from tests.factories.applicants import make_application

pytestmark = pytest.mark.django_db

WAYS = {
    Role.REVIEWER: [
        "/office/",
        "/office/applications/",
        "/office/batches/",
        "/office/leave/",
        "/office/photos/",
        "/office/registrations/",
        "/office/imports/member_photos/",
        "/office/imports/roll_photos/",
        "/office/imports/member_records/",
        "/office/conflicts/",
    ],
    Role.RECHECKER: [
        "/office/",
        "/office/recheck/",
        "/office/undos/",
        "/office/letters/",
        "/office/appeals/",
        "/office/tips/",
        "/office/conflicts/",
    ],
    Role.REGISTRAR: [
        "/office/",
        "/office/imports/roll/",
        "/office/imports/members/",
        "/office/imports/firms/",
        "/office/imports/member_photos/",
        "/office/imports/roll_photos/",
        "/office/imports/member_records/",
        "/office/rules/",
        "/office/facts/",
        "/office/member-records/",
        "/office/certificates/",
    ],
    Role.ADMINISTRATOR: ["/office/", "/office/seats/"],
    Role.AUDITOR: ["/office/"],
    Role.SECURITY: ["/office/", "/office/deliveries/"],
}


@pytest.mark.parametrize("role", WAYS)
def test_navigation_opens_what_the_role_may_do(role):
    seat = (role, "330000") if role == Role.REVIEWER else role
    assert [way.url for way in office_navigation(make_actor(seat))] == WAYS[role]


def test_navigation_is_empty_without_a_seat():
    assert office_navigation(make_actor()) == []


def _officer():
    """Nobody of those who applied: whoever is may not see the own case."""
    return make_actor((Role.REVIEWER, "330000"), user_id=1_000_000)


def test_home_counts_what_waits_for_the_association(client):
    make_application()
    make_application(association="310000")
    make_application(state=State.AGREED)
    counts = {entry.url: entry.count for entry in office_entries(_officer(), today=clock.today())}
    assert counts["/office/applications/?pile=decide"] == 1
    assert counts["/office/batches/"] == 1


def test_home_counts_what_waits_for_the_national_body():
    make_application(state=State.SENT)
    assert next(entry.count for entry in office_entries(make_actor(Role.RECHECKER), today=clock.today())) == 1


def test_home_takes_a_fixed_number_of_queries(django_assert_max_num_queries):
    for _ in range(3):
        make_application()
    with django_assert_max_num_queries(8):
        office_entries(make_actor((Role.REVIEWER, "330000"), Role.RECHECKER, Role.REGISTRAR), today=clock.today())


def test_officer_sees_the_office(client):
    page = sign_in_officer(client, make_officer()).get("/office/").content.decode()
    assert "浙江省注册会计师协会" in page
    assert "待我方决定" in page


def test_office_does_not_exist_for_those_without_a_seat(client):
    client.force_login(make_user())
    assert client.get("/office/").status_code == 404
