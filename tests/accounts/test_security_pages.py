"""allauth's pages in our frame: reset, change and set a password, second factor and recovery codes."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.urls import NoReverseMatch, reverse

from apps.accounts.services import enrol_totp, present_totp_code
from apps.accounts.urls import allauth_urlpatterns
from apps.audit.selectors import records_of
from apps.core.clock import now as present
from apps.mail.models import Message
from cicpa_portal.middleware import THIRD_PARTY_ADDRESSES
from tests.factories.accounts import PASSWORD, make_user, sign_in_officer

pytestmark = pytest.mark.django_db
NEW = "seven-quiet-lakes"


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()


@pytest.fixture
def user():
    return make_user(password=PASSWORD)


@pytest.fixture
def at_home(client, user):
    return sign_in_officer(client, user)


def texts():
    return [message.open_part("text") for message in Message.objects.order_by("created_at", "id")]


def ask_reset(client, email):
    return client.post(reverse("account_reset_password"), {"email": email}, follow=True)


def without_token(response):
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", response.content)


def test_forgotten_password_is_set_anew_by_a_link_that_works_once(client, user):
    ask_reset(client, user.email)
    (text,) = texts()
    link = re.search(r"http://localhost:8000(\S+)", text).group(1)
    page = client.get(link, follow=True)
    form_address = page.redirect_chain[-1][0]
    refused = client.post(form_address, {"password1": "password123", "password2": "password123"})
    assert refused.context["form"].errors["password1"]
    done = client.post(form_address, {"password1": NEW, "password2": NEW})
    assert done.url == reverse("account_reset_password_from_key_done")
    assert client.get(done.url).status_code == 200
    user.refresh_from_db()
    assert user.check_password(NEW)
    client.session.flush()
    assert "已经用过" in client.get(link, follow=True).content.decode()
    assert "account.password_set" in [r.action for r in records_of("accounts.user", user.pk)]
    assert "已重新设置" in texts()[-1]


def test_link_carries_the_portals_own_address_whatever_host_was_asked(client, user, settings):
    settings.ALLOWED_HOSTS = ["*"]
    client.post(reverse("account_reset_password"), {"email": user.email}, headers={"host": "evil.example"})
    assert "evil.example" not in texts()[0]


def test_known_and_unknown_addresses_get_the_same_answer(client, user):
    known = ask_reset(client, user.email)
    unknown = ask_reset(client, "nobody@example.org")
    assert known.redirect_chain == unknown.redirect_chain
    assert without_token(known) == without_token(unknown)
    assert "没有账号" in texts()[1]


def test_link_that_is_wrong_offers_another(client):
    page = client.get(reverse("account_reset_password_from_key", kwargs={"uidb36": "1", "key": "wrong-key"}))
    assert "重新申请" in page.content.decode()


def test_password_is_changed_with_the_present_one(at_home, user):
    address = reverse("account_change_password")
    wrong = at_home.post(address, {"oldpassword": "not-it-at-all", "password1": NEW, "password2": NEW})
    assert wrong.context["form"].errors["oldpassword"] == ["当前密码不正确，请重新输入。"]
    done = at_home.post(address, {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
    assert done.url == reverse("accounts:security")
    user.refresh_from_db()
    assert user.check_password(NEW)


def test_account_without_a_password_sets_one(client):
    user = make_user()
    sign_in_officer(client, user)
    done = client.post(reverse("account_set_password"), {"password1": NEW, "password2": NEW})
    assert done.status_code == 302
    user.refresh_from_db()
    assert user.check_password(NEW)


def test_changing_the_second_factor_asks_for_the_password_again(client, user):
    client.force_login(user)
    response = client.get(reverse("mfa_activate_totp"))
    assert response.url.startswith(reverse("account_reauthenticate"))
    assert client.get(response.url).status_code == 200
    assert client.post(response.url, {"password": PASSWORD}).url == reverse("mfa_activate_totp")


def test_authenticator_is_removed_and_the_owner_told(at_home, user):
    enrol_totp(user, now=present())
    page = at_home.get(reverse("accounts:security")).content.decode()
    assert "停用动态验证码" in page
    at_home.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.filter(user=user).exists()
    assert all(record["method"] != "mfa" for record in at_home.session["account_authentication_methods"])
    assert "已停用动态验证码" in texts()[-1]
    assert "second_factor.removed" in [r.action for r in records_of("accounts.user", user.pk)]


def test_recovery_code_stands_in_for_the_authenticator_once(client, user):
    enrol_totp(user, now=present())
    sign_in_officer(client, user)
    client.post(reverse("mfa_generate_recovery_codes"))
    codes = client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]
    assert client.get(reverse("mfa_download_recovery_codes")).content.decode().split() == codes
    stored = Authenticator.objects.get(user=user, type="recovery_codes").data
    assert not any(code in str(stored) for code in codes)
    client.session.flush()
    for signed_in in (True, False):
        client.post(reverse("accounts:signin"), {"kind": "email", "value": user.email, "password": PASSWORD})
        client.post(reverse("mfa_authenticate"), {"code": codes[0]})
        assert ("_auth_user_id" in client.session) == signed_in
        client.session.flush()
        client.cookies.clear()


def test_session_without_the_second_factor_confirms_it_and_goes_on(client, user):
    enrol_totp(user, now=present())
    client.force_login(user)
    address = reverse("mfa_reauthenticate") + "?next=/office/"
    assert client.get(address).status_code == 200
    response = client.post(address, {"code": present_totp_code(user, now=present()), "next": "/office/"})
    assert response.url == "/office/"
    assert client.session["account_authentication_methods"][-1]["method"] == "mfa"


PAGES = [
    "accounts:signin",
    "accounts:signout",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
]
OWN_PAGES = [
    "accounts:security",
    "account_change_password",
    "account_reauthenticate",
    "mfa_activate_totp",
]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_public_page_opens_in_each_language(client, name, language):
    client.cookies["language"] = language
    assert client.get(reverse(name)).status_code == 200


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("name", OWN_PAGES)
def test_own_page_opens_in_each_language(at_home, name, language):
    at_home.cookies["language"] = language
    page = at_home.get(reverse(name))
    assert page.status_code == 200
    assert not re.search(r"<script[^>]*>[^<]|style=", page.content.decode())


def test_only_the_addresses_in_use_are_reachable_and_each_has_its_access():
    own = {"account_login", "mfa_index"}
    assert {pattern.name for pattern in allauth_urlpatterns} - own == set(THIRD_PARTY_ADDRESSES) - {"set_language"}
    for name in ("account_email", "mfa_list_webauthn", "account_request_login_code"):
        with pytest.raises(NoReverseMatch):
            reverse(name)
