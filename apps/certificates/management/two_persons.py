"""Two persons at one command line: each named by e-mail, each confirmed by the code of their authenticator."""

from getpass import getpass

from django.core.management.base import CommandError

from apps.accounts.enums import SignInKind
from apps.accounts.selectors import user_by_sign_in_name
from apps.accounts.services import confirm_totp_code
from apps.associations.selectors import seats_on
from apps.core import clock
from apps.core.actor import Actor, ActorKind
from apps.people.selectors import person_id_of_user


def add_persons(parser) -> None:
    parser.add_argument("--by", required=True, metavar="E-MAIL", help="who does it")
    parser.add_argument("--with", required=True, dest="second", metavar="E-MAIL", help="who does it together with them")
    parser.add_argument(
        "--codes", nargs=2, metavar=("CODE", "CODE"), help="their authenticators' present codes; asked for if left out"
    )


def two_persons(by: str, second: str, codes: list[str] | None) -> tuple[Actor, Actor]:
    asked = codes or [getpass(f"Authenticator code of {email}: ") for email in (by, second)]
    return _actor(by, asked[0]), _actor(second, asked[1])


def _actor(email: str, code: str) -> Actor:
    user = user_by_sign_in_name(SignInKind.EMAIL, email)
    if user is None or not confirm_totp_code(user, code):
        raise CommandError(f"{email}: no such officer, or not the present code of their authenticator.")
    return Actor(
        ActorKind.USER,
        user.display_name,
        user_id=user.pk,
        person_id=person_id_of_user(user.pk),
        seats=seats_on(user.pk, clock.today()),
        second_factor=True,
    )
