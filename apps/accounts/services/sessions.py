"""The one place where a session becomes somebody's.

These take a request, unlike every other service: the session is what they change, and it belongs to the door.
"""

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records, perform_login, record_authentication
from allauth.account.models import Login
from allauth.core.internal import ratelimit
from allauth.mfa.models import Authenticator
from django.contrib.auth import authenticate
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from apps.accounts.selectors import NOBODYS_DOMAIN, user_by_sign_in_name
from apps.core.errors import PortalError

NOBODY = f"nobody{NOBODYS_DOMAIN}"
"""Stands in for an unknown account, so that the same work is done."""


class SignInRefused(PortalError):
    """Never says which part was wrong."""

    code = "sign_in_refused"
    message = _("登录没有成功：登录方式、编号（或邮箱）与密码不相符。请核对后再试，或改用邮箱验证码登录。")


class TooManyTries(SignInRefused):
    code = "too_many_tries"
    message = _("输错的次数太多。请等五分钟再试，或现在就改用邮箱验证码登录。")


def sign_in(request, user, *, by: str, next_url: str | None = None):
    """Start `user`'s session after a proof named by `by` ("password", "code"). Returns the response to give.

    Goes through allauth's login flow: an account with a second factor is asked for it first, and comes to
    `next_url` (an address of this portal, else ignored) after it.
    """
    record_authentication(request, user, method=by)
    return perform_login(request, Login(user=user, redirect_url=safe_next_url(request, next_url)))


def user_by_password(request, *, kind: str, value: str, password: str):
    """The account whose sign-in name and password these are. Raises SignInRefused, TooManyTries.

    Failures are counted per name and network address together: a stranger's tries lock out nobody else.
    """
    key = f"{kind}:{value}:{client_ip(request)}"
    usage = ratelimit.consume(request, app="allauth.account", action="sign_in", key=key)
    if not usage:
        raise TooManyTries
    account = user_by_sign_in_name(kind, value)
    user = authenticate(request, email=account.email if account else NOBODY, password=password)
    if user is None or user != account:
        raise SignInRefused
    usage.rollback()
    return user


def client_ip(request) -> str:
    """The visitor's address of the network, behind the proxies that settings trust."""
    return get_adapter(request).get_client_ip(request)


def safe_next_url(request, url: str | None) -> str | None:
    """`url` where it leads into this portal, else None."""
    if url and url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure()):
        return url
    return None


def has_used_second_factor(request) -> bool:
    """Whether this session's person has given a second factor in it."""
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == "mfa" for record in records)


def has_second_factor(user) -> bool:
    """Whether an authenticator app is set up; recovery codes alone are none."""
    return Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.TOTP).exists()
