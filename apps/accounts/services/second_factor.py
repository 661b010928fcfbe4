"""Authenticator apps outside a browser: for the demo's officers, and for acts at the command line."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from allauth.mfa.utils import decrypt
from django.conf import settings
from django.db import transaction

from apps.audit.services import record
from apps.core.actor import Actor

PERIOD = 30


@transaction.atomic
def enrol_totp(user, *, now: datetime) -> str:
    """Set up an authenticator for `user` and return its secret, once. An earlier one is replaced."""
    Authenticator.objects.filter(user_id=user.pk).delete()
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    record(Actor.system("accounts"), "second_factor.added", user, now=now)
    return secret


def confirm_totp_code(user, code: str) -> bool:
    """Whether this is what the authenticator of `user` shows about now. Each code counts once."""
    authenticator = Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.TOTP).first()
    return authenticator is not None and authenticator.wrap().validate_code(code)


def present_totp_code(user, *, now: datetime) -> str:
    """What the authenticator of a demo account shows now. Refused in production."""
    if settings.PRODUCTION:
        raise PermissionError("second factors are not readable in production")
    authenticator = Authenticator.objects.get(user_id=user.pk, type=Authenticator.Type.TOTP)
    return format_hotp_value(hotp_value(decrypt(authenticator.data["secret"]), int(now.timestamp()) // PERIOD))
