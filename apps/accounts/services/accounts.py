"""Accounts come into being without a password; a number becomes a sign-in name when it is given."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.db import IntegrityError, transaction

from apps.accounts.models import SignInName
from apps.accounts.selectors import normalise_email, normalise_sign_in_value
from apps.audit.services import record
from apps.core.actor import Actor


def lock_user(user_id: int):
    """The account's row, locked until the end of the transaction."""
    return get_user_model().objects.select_for_update(of=("self",)).get(pk=user_id)


def account_for_email(*, email: str, language: str, now: datetime, display_name: str = ""):
    """The account of an address that has just been proved by a code; made where there is none. Safe under races."""
    email = normalise_email(email)
    user = get_user_model().objects.filter(email=email).first()
    if user is not None:
        return user
    try:
        with transaction.atomic():
            return _create_account(email, language, display_name, now=now)
    except IntegrityError:
        return get_user_model().objects.get(email=email)


def _create_account(email: str, language: str, display_name: str, *, now: datetime):
    user = get_user_model()(email=email, language=language, display_name=display_name)
    user.set_unusable_password()
    user.save()
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    record(Actor.system("accounts"), "account.created", user, now=now, after={"language": language})
    return user


@transaction.atomic
def add_sign_in_name(*, user_id: int, kind: str, value: str, now: datetime) -> SignInName:
    """Let an account sign in with a number. Repeating it changes nothing; another account's number is refused."""
    value = normalise_sign_in_value(kind, value)
    name, created = SignInName.objects.get_or_create(
        kind=kind, value=value, defaults={"user_id": user_id, "created_at": now}
    )
    if name.user_id != user_id:
        raise ValueError(f"the sign-in name belongs to another account ({kind})")
    if created:
        record(Actor.system("accounts"), "sign_in_name.added", name, now=now, after={"kind": kind, "user_id": user_id})
    return name


@transaction.atomic
def remove_sign_in_name(*, actor: Actor, kind: str, value: str, now: datetime) -> None:
    """A number leads to no account any more; the account itself stays. A repeated call changes nothing."""
    name = SignInName.objects.filter(kind=kind, value=normalise_sign_in_value(kind, value)).first()
    if name is None:
        return
    record(actor, "sign_in_name.removed", name, now=now, before={"kind": kind, "user_id": name.user_id})
    name.delete()


@transaction.atomic
def name_account(*, actor: Actor, user_id: int, display_name: str, now: datetime) -> None:
    """What colleagues see of an account. A repeated call changes nothing."""
    user = lock_user(user_id)
    if user.display_name == display_name:
        return
    user.display_name = display_name
    user.save(update_fields=["display_name"])
    record(actor, "account.named", user, now=now)


@transaction.atomic
def create_staff_account(*, email: str, display_name: str, password: str, now: datetime, language: str = "zh-hans"):
    """An account with a password, for the demo's officers: the caller makes up a random one at each installation."""
    user = account_for_email(email=email, language=language, now=now, display_name=display_name)
    validate_password(password, user)
    user.display_name = display_name
    user.set_password(password)
    user.save()
    record(Actor.system("accounts"), "account.password_set", user, now=now)
    return user
