"""The sign-in pages, as a browser without scripts would use them."""

import re

import pytest
from django.core.cache import cache
from django.urls import reverse
from redis.exceptions import ConnectionError as RedisDown

from apps.accounts.enums import Role, SignInKind
from apps.accounts.services import add_sign_in_name, enrol_totp, present_totp_code
from apps.audit.selectors import records_of
from apps.core.clock import now as present
from apps.mail.models import Message
from cicpa_portal.cache import DegradingRedisCache
from tests.factories.accounts import PASSWORD, make_officer, make_user

pytestmark = pytest.mark.django_db
NUMBER = "330000010001"


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()


@pytest.fixture
def member():
    user = make_user(password=PASSWORD)
    add_sign_in_name(user_id=user.pk, kind=SignInKind.NON_PRACTISING_NUMBER, value=NUMBER, now=present())
    return user


def sign_in(client, kind, value, password=PASSWORD, *, by="password", next_url="", **extra):
    form = {"kind": kind, "value": value, "password": password, "by": by, "next": next_url}
    return client.post(reverse("accounts:signin"), form, **extra)


def signed_in_user_id(client):
    return client.session.get("_auth_user_id")


def newest_code():
    text = Message.objects.order_by("-created_at", "-id").first().open_part("text")
    return re.search(r"\b(\d{6})\b", text).group(1)


@pytest.mark.parametrize(("kind", "value"), [("email", "LI.NA@example.org "), ("non_practising", "3300 0001 0001")])
def test_member_signs_in_by_each_door_with_a_password(client, member, kind, value):
    response = sign_in(client, kind, value, next_url="/account/certificate/")
    assert response.status_code == 302
    assert response.url == "/account/certificate/"
    assert signed_in_user_id(client) == str(member.pk)
    assert "account.signed_in" in [r.action for r in records_of("accounts.user", member.pk)]


@pytest.mark.parametrize(
    ("kind", "value", "password"),
    [
        ("email", "li.na@example.org", "wrong-password-1"),
        ("email", "nobody@example.org", PASSWORD),
        ("non_practising", NUMBER, "wrong-password-1"),
        ("practising", NUMBER, PASSWORD),
        ("non_practising", "990000010001", PASSWORD),
    ],
)
def test_failure_never_says_which_part_was_wrong(client, member, kind, value, password):
    response = sign_in(client, kind, value, password)
    assert response.status_code == 200
    assert response.context["form"].non_field_errors() == [
        "登录没有成功：登录方式、编号（或邮箱）与密码不相符。请核对后再试，或改用邮箱验证码登录。"
    ]
    assert response.context["form"]["value"].value() == value
    assert signed_in_user_id(client) is None


@pytest.mark.parametrize("password", ["", "456789", NUMBER[-6:]])
def test_account_without_a_password_opens_to_no_initial_one(client, password):
    make_user()
    sign_in(client, "email", "li.na@example.org", password)
    assert signed_in_user_id(client) is None


def test_foreign_next_address_is_ignored(client, member):
    assert sign_in(client, "email", member.email, next_url="https://evil.example/").url == "/account/"


@pytest.mark.parametrize(("kind", "value"), [("email", "li.na@example.org"), ("non_practising", NUMBER)])
def test_member_signs_in_with_a_code(client, member, kind, value):
    response = sign_in(client, kind, value, "", by="code", next_url="/progress/")
    assert response.url == reverse("accounts:signin_code")
    response = client.post(response.url, {"code": newest_code()})
    assert response.url == "/progress/"
    assert signed_in_user_id(client) == str(member.pk)


def test_known_and_unknown_names_get_the_same_page_and_the_same_refusals(client, member):
    pages = []
    for value in (NUMBER, "990000010001"):
        client.session.flush()
        response = sign_in(client, "non_practising", value, "", by="code")
        page = client.get(response.url).content.decode()
        refusal = client.post(response.url, {"code": "000000"}).context["form"].errors["code"]
        pages.append((re.sub(r'value="[^"]{30,}"|' + value, "", page), list(refusal)))
    assert pages[0] == pages[1]
    assert Message.objects.count() == 2


def test_wrong_code_keeps_the_person_on_the_page_with_the_guesses_left(client, member):
    response = sign_in(client, "email", member.email, "", by="code")
    wrong = "000000" if newest_code() != "000000" else "000001"
    response = client.post(response.url, {"code": wrong})
    assert "还可以输入 4 次" in response.context["form"].errors["code"][0]


def test_code_page_without_a_request_leads_back(client):
    assert client.get(reverse("accounts:signin_code")).url == reverse("accounts:signin")


def test_tries_from_one_place_run_out_and_lock_out_nobody_elsewhere(client, member):
    for _ in range(5):
        sign_in(client, "email", member.email, "wrong-password-1", REMOTE_ADDR="198.51.100.7")
    response = sign_in(client, "email", member.email, REMOTE_ADDR="198.51.100.7")
    assert "次数太多" in response.context["form"].non_field_errors()[0]
    assert sign_in(client, "email", member.email, REMOTE_ADDR="192.0.2.1").status_code == 302


def test_second_factor_is_asked_after_the_password_and_after_a_code(client):
    officer = make_officer()
    enrol_totp(officer, now=present())
    response = sign_in(client, "email", officer.email)
    assert response.url == reverse("mfa_authenticate")
    assert signed_in_user_id(client) is None
    client.session.flush()
    response = sign_in(client, "email", officer.email, "", by="code", next_url="/office/")
    response = client.post(response.url, {"code": newest_code()})
    assert response.url == reverse("mfa_authenticate")
    assert signed_in_user_id(client) is None
    assert client.get(response.url).status_code == 200
    response = client.post(response.url, {"code": "not it"})
    assert response.context["form"].errors["code"]
    response = client.post(reverse("mfa_authenticate"), {"code": present_totp_code(officer, now=present())})
    assert response.url == "/office/"
    assert signed_in_user_id(client) == str(officer.pk)


def test_authenticator_code_works_once_even_while_it_is_still_right(client):
    officer = make_officer()
    enrol_totp(officer, now=present())
    code = present_totp_code(officer, now=present())
    sign_in(client, "email", officer.email)
    assert client.post(reverse("mfa_authenticate"), {"code": code}).status_code == 302
    client.cookies.clear()
    cache.delete(f"allauth.mfa.totp.used?user={officer.pk}&code={code}")
    sign_in(client, "email", officer.email)
    again = client.post(reverse("mfa_authenticate"), {"code": code})
    assert "已经用过" in again.context["form"].errors["code"][0]


def test_account_closed_after_its_code_was_sent_does_not_open(client, member):
    response = sign_in(client, "email", member.email, "", by="code")
    member.is_active = False
    member.save()
    assert client.post(response.url, {"code": newest_code()}).url == reverse("account_inactive")
    assert signed_in_user_id(client) is None


def test_staff_come_in_at_the_office(client):
    officer = make_officer(role=Role.REVIEWER)
    enrol_totp(officer, now=present())
    sign_in(client, "email", officer.email)
    response = client.post(reverse("mfa_authenticate"), {"code": present_totp_code(officer, now=present())})
    assert response.url == reverse("dashboard:office")


def test_signing_out_needs_a_post(client, member):
    client.force_login(member)
    assert client.get(reverse("accounts:signout")).status_code == 200
    assert signed_in_user_id(client)
    client.post(reverse("accounts:signout"))
    assert signed_in_user_id(client) is None


class TestLostCache:
    @pytest.fixture(autouse=True)
    def redis_is_down(self, settings, monkeypatch):
        settings.CACHES = {
            "default": {
                "BACKEND": "cicpa_portal.cache.DegradingRedisCache",
                "LOCATION": "redis://127.0.0.1:1/1",
                "OPTIONS": {"socket_connect_timeout": 1},
            }
        }

    def test_signing_in_works_with_limits_in_memory(self, client, member):
        assert sign_in(client, "email", member.email).status_code == 302
        client.session.flush()
        for _ in range(5):
            sign_in(client, "email", member.email, "wrong-password-1")
        assert "次数太多" in sign_in(client, "email", member.email).context["form"].non_field_errors()[0]

    def test_second_factor_works(self, client):
        officer = make_officer()
        enrol_totp(officer, now=present())
        sign_in(client, "email", officer.email)
        client.post(reverse("mfa_authenticate"), {"code": present_totp_code(officer, now=present())})
        assert signed_in_user_id(client) == str(officer.pk)


def test_cache_asks_redis_again_after_a_pause(monkeypatch):
    cache = DegradingRedisCache("redis://127.0.0.1:1/1", {})
    asked = []

    def refuse(self, *args, **kwargs):
        asked.append(args)
        raise RedisDown

    monkeypatch.setattr("django.core.cache.backends.redis.RedisCache.add", refuse)
    assert cache.add("a", 1)
    assert not cache.add("a", 1)
    assert len(asked) == 1
    cache._asleep_until = 0.0
    cache.add("b", 1)
    assert len(asked) == 2
