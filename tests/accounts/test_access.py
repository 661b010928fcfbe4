"""Who gets through the door: anonymous, member, staff with and without second factor, staff of another role."""

from datetime import date
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.base import BaseStorage
from django.core.exceptions import ImproperlyConfigured
from django.http import Http404
from django.test import RequestFactory
from django.urls import reverse

from apps.accounts.enums import Permission, Role
from apps.accounts.services import enrol_totp
from apps.core.access import ANY_STAFF, PUBLIC, SIGNED_IN, Staff
from apps.core.actor import Actor, SeatGrant
from apps.core.clock import now as present
from cicpa_portal.middleware import AccessMiddleware, actor_of, declared_access
from tests.factories.accounts import make_actor, make_officer, make_user, sign_in_officer

REVIEW = Staff(Permission.REVIEW_APPLICATION)


class _Match:
    view_name = "test"


class _Messages(BaseStorage):
    def _get(self, *args, **kwargs):
        return [], True

    def _store(self, messages, response, *args, **kwargs):
        return []


def knock(access, actor, *, user=None, method="get", **headers):
    """What the middleware answers; None where it lets the request through."""

    def view(request):
        raise AssertionError

    view.access = access
    request = getattr(RequestFactory(), method)("/office/cases/?page=2", **headers)
    request.actor, request.resolver_match, request.user = actor, _Match, user or AnonymousUser()
    request._messages = _Messages(request)
    return AccessMiddleware(None).process_view(request, view, (), {}), request


@pytest.mark.parametrize("access", [SIGNED_IN, REVIEW])
def test_anonymous_is_sent_to_sign_in_and_back(access):
    response, _ = knock(access, Actor.anonymous())
    assert response.url == "/signin/?next=/office/cases/%3Fpage%3D2"


def test_lost_session_in_the_middle_of_a_form_leads_back_to_the_page_and_says_so():
    response, request = knock(
        SIGNED_IN, Actor.anonymous(), method="post", headers={"referer": "http://testserver/apply/photo/?edit=1"}
    )
    assert response.url == "/signin/?next=/apply/photo/%3Fedit%3D1"
    assert "没有提交" in str(next(iter(request._messages)))
    response, _ = knock(SIGNED_IN, Actor.anonymous(), method="post", headers={"referer": "https://evil.example/"})
    assert response.url == "/signin/?next=/office/cases/"


@pytest.mark.parametrize("actor", [Actor.anonymous(), make_actor(), make_actor((Role.REVIEWER, "330000"))])
def test_public_page_is_open_to_all(actor):
    assert knock(PUBLIC, actor)[0] is None


@pytest.mark.parametrize("second_factor", [True, False])
@pytest.mark.parametrize("seats", [(), (Role.RECHECKER,), (Role.ADMINISTRATOR, Role.AUDITOR)])
def test_without_the_permission_an_office_page_does_not_exist(seats, second_factor):
    with pytest.raises(Http404):
        knock(REVIEW, make_actor(*seats, second_factor=second_factor))


def test_office_home_opens_with_any_seat_and_with_none_does_not_exist():
    assert knock(ANY_STAFF, make_actor(Role.AUDITOR))[0] is None
    with pytest.raises(Http404):
        knock(ANY_STAFF, make_actor())


def test_staff_with_second_factor_and_permission_come_in():
    assert knock(REVIEW, make_actor((Role.REVIEWER, "330000")))[0] is None


@pytest.mark.django_db
def test_staff_without_second_factor_set_it_up_or_give_it_first():
    user = make_user()
    actor = make_actor((Role.REVIEWER, "330000"), user_id=user.pk, second_factor=False)
    response, _ = knock(REVIEW, actor, user=user)
    assert response.url == reverse("mfa_activate_totp") + "?next=%2Foffice%2Fcases%2F%3Fpage%3D2"
    enrol_totp(user, now=present())
    response, _ = knock(REVIEW, actor, user=user)
    assert response.url.startswith(reverse("mfa_reauthenticate"))


def test_view_that_declares_nothing_does_not_answer():
    with pytest.raises(ImproperlyConfigured):
        declared_access(lambda request: None, "no:such")


@pytest.mark.django_db
class TestActor:
    def request(self, user):
        request = RequestFactory().get("/")
        request.user, request.session = user, {}
        return request

    def test_has_the_seats_of_today_and_the_person_behind_the_account(self, monkeypatch, django_assert_max_num_queries):
        person = uuid4()
        monkeypatch.setattr("cicpa_portal.middleware.person_id_of_user", lambda user_id: person)
        officer = make_officer(from_on=date(2020, 1, 1))
        with django_assert_max_num_queries(2):
            actor = actor_of(self.request(officer))
        assert actor.seats == (SeatGrant("330000", Role.REVIEWER),)
        assert (actor.user_id, actor.person_id, actor.label) == (officer.pk, person, "经办员")
        assert not actor.second_factor

    def test_of_a_member_names_nobody(self):
        user = make_user(display_name="李娜")
        actor = actor_of(self.request(user))
        assert (actor.seats, actor.label) == ((), f"user:{user.pk}")

    def test_seat_that_starts_tomorrow_is_none_yet(self):
        officer = make_officer(from_on=date(2999, 1, 1))
        assert actor_of(self.request(officer)).seats == ()


@pytest.mark.django_db(transaction=True)
class TestSettingUp:
    """Through real requests: an officer without an authenticator sets one up and is in."""

    def test_officer_sets_up_the_second_factor_and_has_used_it(self, client):
        from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

        officer = make_officer()
        officer.set_unusable_password()
        officer.save()
        client.force_login(officer)
        page = client.get(reverse("mfa_activate_totp"))
        secret = page.context["form"].secret
        code = format_hotp_value(hotp_value(secret, int(present().timestamp()) // 30))
        done = client.post(reverse("mfa_activate_totp"), {"code": code})
        assert done.url == reverse("mfa_view_recovery_codes")
        with_codes = client.get(done.url)
        assert len(with_codes.context["unused_codes"]) == 10
        assert client.session["account_authentication_methods"][-1]["method"] == "mfa"

    def test_officer_with_the_second_factor_used_sees_the_office(self, client):
        officer = make_officer()
        assert client.get("/office/").url.startswith("/signin/")
        assert sign_in_officer(client, officer).get("/office/").status_code == 200

    def test_member_finds_no_office(self, client):
        assert sign_in_officer(client, make_user()).get("/office/").status_code == 404
