"""What happens in allauth's flows, written into the record; setting up a second factor counts as using it."""

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY, record_authentication
from allauth.account.signals import password_changed, password_reset, password_set
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver

from apps.audit.services import record
from apps.core import clock
from apps.core.actor import Actor, ActorKind


@receiver(user_logged_in, dispatch_uid="accounts.signed_in")
def note_sign_in(sender, user, **kwargs):
    _record(user, "account.signed_in")


@receiver(user_logged_out, dispatch_uid="accounts.signed_out")
def note_sign_out(sender, user, **kwargs):
    if user is not None:
        _record(user, "account.signed_out")


@receiver([password_changed, password_reset, password_set], dispatch_uid="accounts.password")
def note_password(sender, user, **kwargs):
    _record(user, "account.password_set")


@receiver(authenticator_added, dispatch_uid="accounts.second_factor_added")
def note_second_factor(sender, request, user, authenticator, **kwargs):
    if authenticator.type == Authenticator.Type.TOTP:
        record_authentication(request, user, "mfa", type=authenticator.type, reauthenticated=True)
        _record(user, "second_factor.added")


@receiver(authenticator_removed, dispatch_uid="accounts.second_factor_removed")
def note_second_factor_gone(sender, request, user, authenticator, **kwargs):
    """A session whose authenticator is gone counts as one that never used it."""
    if authenticator.type == Authenticator.Type.TOTP:
        used = request.session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
        request.session[AUTHENTICATION_METHODS_SESSION_KEY] = [one for one in used if one.get("method") != "mfa"]
        _record(user, "second_factor.removed")


def _record(user, action: str) -> None:
    actor = Actor(ActorKind.USER, f"user:{user.pk}", user_id=user.pk)
    record(actor, action, user, now=clock.now())
