"""Puts the Actor on the request, and lets nobody through a view that has not said who may come in."""

from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from apps.accounts.policies import has_permission
from apps.accounts.services import has_second_factor, has_used_second_factor, safe_next_url
from apps.associations.selectors import seats_on
from apps.core import clock
from apps.core.access import Holder, Public, SignedIn, Staff
from apps.core.actor import Actor, ActorKind
from apps.core.kept_typing import keep_typing
from apps.firms.selectors import firm_grants_on
from apps.people.selectors import person_id_of_user

THIRD_PARTY_ADDRESSES = {
    "set_language": Public(),
    "account_signup": Public(),
    "account_inactive": Public(),
    "account_reset_password": Public(),
    "account_reset_password_done": Public(),
    "account_reset_password_from_key": Public(),
    "account_reset_password_from_key_done": Public(),
    "mfa_authenticate": Public(),
    "account_reauthenticate": SignedIn(),
    "account_change_password": SignedIn(),
    "account_set_password": SignedIn(),
    "mfa_reauthenticate": SignedIn(),
    "mfa_activate_totp": SignedIn(),
    "mfa_deactivate_totp": SignedIn(),
    "mfa_view_recovery_codes": SignedIn(),
    "mfa_generate_recovery_codes": SignedIn(),
    "mfa_download_recovery_codes": SignedIn(),
}
"""Views that are not ours, by name, with the access that we give them."""

SIGNED_OUT_WHILE_TYPING = _(
    "您的登录已经过期，刚才的内容没有提交。请先按浏览器的“后退”，把填写的内容复制下来，再登录；登录后会回到原来的页面。"
)
KEPT_WHILE_SIGNED_OUT = _(
    "您的登录已经过期，刚才的内容还没有提交，但已替您保存。请用同一个账号登录：登录后回到原来的页面，内容都在，核对后再提交。"
)
"""The first is kept nowhere: who signs in next on this computer may be somebody else."""


class ActorMiddleware:
    """`request.actor`, built when it is first asked for: a page that asks nothing costs no query."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.actor = SimpleLazyObject(lambda: actor_of(request))
        return self.get_response(request)


def actor_of(request) -> Actor:
    """The session's user: today's (Beijing) seats at associations and firms, the person behind, the second factor."""
    user = request.user
    if not user.is_authenticated:
        return Actor.anonymous()
    seats, grants = seats_on(user.pk, clock.today()), firm_grants_on(user.pk, clock.today())
    return Actor(
        ActorKind.USER,
        label=((seats or grants) and user.display_name) or f"user:{user.pk}",
        user_id=user.pk,
        person_id=person_id_of_user(user.pk),
        seats=seats,
        second_factor=has_used_second_factor(request),
        grants=grants,
    )


class AccessMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        access = declared_access(view, request.resolver_match.view_name)
        if isinstance(access, Public):
            return None
        if not request.actor.is_signed_in:
            return to_sign_in(request, view)
        if isinstance(access, Staff | Holder):
            return _admit_seated(request, access)
        return None


def _admit_seated(request, access: Staff | Holder):
    """Agents of firms read strangers' identity numbers, too: both kinds of seats ask for the second factor."""
    actor = request.actor
    if not _has_seat(actor, access):
        raise Http404
    if actor.second_factor:
        return None
    name = "mfa_reauthenticate" if has_second_factor(request.user) else "mfa_activate_totp"
    return HttpResponseRedirect(f"{reverse(name)}?{urlencode({'next': page_to_return_to(request)})}")


def _has_seat(actor: Actor, access: Staff | Holder) -> bool:
    if isinstance(access, Holder):
        return any(grant.body == access.body for grant in actor.grants)
    permissions = [permission for permission in (access.permission, access.or_permission) if permission]
    return any(has_permission(actor, permission) for permission in permissions) if permissions else bool(actor.seats)


def to_sign_in(request, view):
    """To the sign-in page and back. Whoever lost the session while sending a form is told what became of it."""
    if request.method == "POST":
        is_kept = getattr(getattr(view, "view_class", None), "keeps_typed", False) and keep_typing(request)
        messages.warning(request, KEPT_WHILE_SIGNED_OUT if is_kept else SIGNED_OUT_WHILE_TYPING)
    return redirect_to_login(page_to_return_to(request), settings.LOGIN_URL)


def page_to_return_to(request) -> str:
    """The page itself; for a form that was sent, the page that it stood on."""
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    came_from = request.headers.get("Referer")
    if safe_next_url(request, came_from):
        parts = urlsplit(came_from)
        return f"{parts.path}?{parts.query}" if parts.query else parts.path
    return request.path


def declared_access(view, view_name: str):
    """The access that a view declares. Raises ImproperlyConfigured where there is none: deny by default."""
    access = getattr(getattr(view, "view_class", view), "access", None) or THIRD_PARTY_ADDRESSES.get(view_name)
    if not isinstance(access, Public | SignedIn | Staff | Holder):
        raise ImproperlyConfigured(f"The view of {view_name!r} declares no access.")
    return access
