"""Accounts, officers and actors for tests."""

import time
from datetime import date

from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model

from apps.accounts.enums import NATIONAL_CODE, Role
from apps.associations.services import grant_seat
from apps.core.actor import Actor, ActorKind, SeatGrant
from apps.core.clock import now as present

PASSWORD = "correct-horse-battery"


def make_user(email="li.na@example.org", *, password=None, **columns):
    user = get_user_model()(email=email, **columns)
    user.set_password(password) if password else user.set_unusable_password()
    user.save()
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def make_officer(
    email="officer@example.org", *, role=Role.REVIEWER, association_code="330000", from_on=date(2026, 1, 1)
):
    """An account with a password and one open seat."""
    user = make_user(email, password=PASSWORD, display_name="经办员")
    grant_seat(
        actor=Actor.system("test"),
        user_id=user.pk,
        association_code=association_code,
        role=role,
        from_on=from_on,
        now=present(),
    )
    return user


def sign_in_officer(client, user):
    """A session of `user` in a test client in which the second factor was used."""
    client.force_login(user)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": time.time(), "reauthenticated": True}]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return client


def make_actor(*seats, user_id=1, person_id=None, second_factor=True, label="actor"):
    """`make_actor((Role.REVIEWER, "330000"))`; a bare role sits at the national body."""
    pairs = [seat if isinstance(seat, tuple) else (seat, NATIONAL_CODE) for seat in seats]
    grants = tuple(SeatGrant(code, str(role)) for role, code in pairs)
    return Actor(ActorKind.USER, label, user_id, person_id, grants, second_factor)
