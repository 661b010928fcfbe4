"""The demo's officers: one account a role, each with a person behind it, a random password and an authenticator."""

import secrets
from dataclasses import asdict, dataclass
from datetime import date, datetime

from apps.accounts.enums import Role
from apps.accounts.services import create_staff_account, enrol_totp
from apps.associations.services import grant_seat
from apps.core.actor import Actor
from apps.core.clock import civil_date
from apps.core.encryption import create_data_key
from apps.people.enums import IdentityType
from apps.people.selectors import with_check_digit
from apps.people.services import link_user, register_person

SYSTEM = Actor.system("demo")


@dataclass(frozen=True)
class Post:
    role: str
    association: str
    email: str
    name: str


POSTS = (
    Post(Role.REVIEWER, "330000", "zhejiang@example.org", "陈静"),
    Post(Role.REVIEWER, "330000", "zhejiang.2@example.org", "许诺"),
    Post(Role.REVIEWER, "110000", "beijing@example.org", "方晓"),
    Post(Role.REVIEWER, "000000", "national@example.org", "沈一鸣"),
    Post(Role.RECHECKER, "000000", "recheck@example.org", "林岚"),
    Post(Role.RECHECKER, "000000", "recheck.2@example.org", "高远"),
    Post(Role.REGISTRAR, "000000", "registrar@example.org", "周正"),
    Post(Role.ADMINISTRATOR, "000000", "administrator@example.org", "程安"),
    Post(Role.AUDITOR, "000000", "auditor@example.org", "温如玉"),
    Post(Role.SECURITY, "000000", "security@example.org", "石坚"),
    Post(Role.DIRECTOR, "330000", "zhejiang.head@example.org", "顾远"),
)


def make_officers(posts: list[Post], *, now: datetime) -> list[dict]:
    """Each officer's account as demo-accounts.json shows it. Repeating it gives new passwords and authenticators."""
    return [_make_officer(POSTS.index(post), post, now=now) for post in posts]


def _make_officer(place: int, post: Post, *, now: datetime) -> dict:
    password = secrets.token_urlsafe(12)
    user = create_staff_account(email=post.email, display_name=post.name, password=password, now=now)
    grant_seat(
        actor=SYSTEM,
        user_id=user.pk,
        association_code=post.association,
        role=post.role,
        from_on=civil_date(now),
        now=now,
    )
    link_user(user_id=user.pk, person_id=_person(place, post, now=now).pk, now=now)
    return asdict(post) | {"role": str(post.role), "password": password, "totp_secret": enrol_totp(user, now=now)}


def _person(place: int, post: Post, *, now: datetime):
    return register_person(
        actor=SYSTEM,
        name=post.name,
        identity_type=IdentityType.RESIDENT_ID,
        identity_number=with_check_digit(f"330100{date(1980 + place, 5, 4):%Y%m%d}{place:03d}"),
        data_key=create_data_key(),
        now=now,
    )
