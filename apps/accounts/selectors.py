import re
import unicodedata

from django.contrib.auth import get_user_model

from apps.accounts.enums import SignInKind
from apps.accounts.models import SignInName
from apps.core.encryption import blind_index

NOBODYS_DOMAIN = "@portal.invalid"
"""Addresses that belong to nobody (RFC 2606); nothing is ever sent there."""


def normalise_email(text: str) -> str:
    """Full-width characters, spaces around and capitals are mended silently."""
    return unicodedata.normalize("NFKC", text).strip().lower()


def normalise_sign_in_value(kind: str, text: str) -> str:
    """As `normalise_email`; numbers also lose spaces and dashes inside."""
    if kind == SignInKind.EMAIL:
        return normalise_email(text)
    return re.sub(r"[\s\-]", "", unicodedata.normalize("NFKC", text)).upper()


def user_by_id(user_id: int):
    return get_user_model().objects.filter(pk=user_id).first()


def user_by_email(email: str):
    return get_user_model().objects.filter(email=normalise_email(email), is_active=True).first()


def user_by_sign_in_name(kind: str, value: str):
    """The active account behind a sign-in name, or None."""
    value = normalise_sign_in_value(kind, value)
    if kind == SignInKind.EMAIL:
        return user_by_email(value)
    name = SignInName.objects.select_related("user").filter(kind=kind, value=value, user__is_active=True).first()
    return name and name.user


def sign_in_names_of(user_id: int) -> list[SignInName]:
    return list(SignInName.objects.filter(user_id=user_id).order_by("created_at"))


def address_behind(kind: str, value: str) -> str:
    """The address of a name's account; for an unknown number one that is nobody's, so that the work is alike."""
    if kind == SignInKind.EMAIL:
        return normalise_email(value)
    user = user_by_sign_in_name(kind, value)
    if user and user.email:
        return user.email
    return blind_index("code.nobody", f"{kind}:{value}")[:16] + NOBODYS_DOMAIN
