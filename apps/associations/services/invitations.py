"""A new officer is invited by mail: an account without a password, a seat, and how to begin."""

from datetime import date, datetime

from django.db import transaction

from apps.accounts.enums import NATIONAL_CODE, Role
from apps.accounts.services import account_for_email, name_account
from apps.associations.models import Association, Seat
from apps.associations.selectors import has_seat_after, holders_of
from apps.associations.services.seats import grant_seat
from apps.core.actor import Actor
from apps.core.clock import civil_date
from apps.core.errors import PortalError
from apps.mail.services import send_mail


class FirstAdministratorExists(PortalError):
    code = "first_administrator_exists"


@transaction.atomic
def invite_officer(
    *,
    actor: Actor,
    email: str,
    display_name: str,
    association_code: str,
    role: str,
    from_on: date,
    language: str,
    now: datetime,
    to_on: date | None = None,
) -> Seat:
    """A seat for whoever owns `email`, known or not. Who comes to the office for the first time is told how to begin.

    The account's name is what colleagues see; one that has none, or whose owner holds no seat yet, gets this name.
    """
    user = account_for_email(email=email, display_name=display_name, language=language, now=now)
    is_new = not has_seat_after(user.pk, civil_date(now))
    if is_new:
        name_account(actor=actor, user_id=user.pk, display_name=display_name, now=now)
    seat = grant_seat(
        actor=actor,
        user_id=user.pk,
        association_code=association_code,
        role=role,
        from_on=from_on,
        to_on=to_on,
        now=now,
    )
    if is_new:
        _tell_how_to_begin(user, language, now=now)
    return seat


@transaction.atomic
def make_first_administrator(*, email: str, display_name: str, language: str, now: datetime) -> Seat:
    """The installation's first seat, by the portal itself. Once: later ones are granted by administrators."""
    national = Association.objects.select_for_update().get(pk=NATIONAL_CODE)
    if holders_of(Role.ADMINISTRATOR, national.pk, civil_date(now)):
        raise FirstAdministratorExists
    return invite_officer(
        actor=Actor.system("make_first_administrator"),
        email=email,
        display_name=display_name,
        association_code=national.pk,
        role=Role.ADMINISTRATOR,
        from_on=civil_date(now),
        language=language,
        now=now,
    )


def _tell_how_to_begin(user, language: str, *, now: datetime) -> None:
    send_mail(
        template="accounts/invitation",
        to=user.email,
        context={"email": user.email},
        language=language,
        purpose="account.invitation",
        now=now,
    )
