"""Puts the Actor on the request, and lets nobody through a view that has not said who may come in."""

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import SimpleLazyObject

from apps.core.access import Public, SignedIn, Staff
from apps.core.actor import Actor

THIRD_PARTY_ADDRESSES = {
    "set_language": Public(),
}
"""Views that are not ours, by name, with the access that we give them."""


class ActorMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.actor = SimpleLazyObject(lambda: Actor.anonymous())
        return self.get_response(request)


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
            return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
        return None


def declared_access(view, view_name: str):
    """The access that a view declares. Raises ImproperlyConfigured where there is none: deny by default."""
    access = getattr(getattr(view, "view_class", view), "access", None) or THIRD_PARTY_ADDRESSES.get(view_name)
    if not isinstance(access, Public | SignedIn | Staff):
        raise ImproperlyConfigured(f"The view of {view_name!r} declares no access.")
    return access
