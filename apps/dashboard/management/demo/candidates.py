"""The demo's candidates: on the roll or not quite, their accounts, their drafts, all by the ordinary services."""

import random
from datetime import date, datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from apps.accounts.selectors import user_by_email
from apps.accounts.services import account_for_email
from apps.applicants.enums import Field, Page
from apps.applicants.selectors.drafts import draft_of_user
from apps.applicants.selectors.progress import applications_of_user
from apps.applicants.services.drafts import open_draft, save_page, save_photo
from apps.core.actor import Actor, ActorKind
from apps.core.clock import civil_date
from apps.dashboard.management.demo.stories import Story
from apps.dashboard.management.journey.invented import portrait
from apps.documents.services import accept_photo
from apps.people.enums import IdentityType
from apps.people.selectors import read_identity_number, with_check_digit

CERTIFICATE_AGE = timedelta(days=300)
DECLARED = dict.fromkeys(("capacity", "truth"), True) | dict.fromkeys(
    ("criminal", "penalty", "revoked", "cancelled", "expelled"), False
)
NOT_DECLARED = {"note": ""} | dict.fromkeys(("criminal_on", "penalty_on", "revoked_on", "cancelled_on"), "")


def roll_row(place: int, story: Story, today: date, chance: random.Random) -> list[str]:
    """What the exam office knows of the story's candidate: number, name, document, date, province."""
    day = today - CERTIFICATE_AGE
    born = date(1988, 1, 1) + timedelta(days=chance.randrange(3000))
    number = with_check_digit(f"330100{born:%Y%m%d}{600 + place}")
    return [f"QZ{day:%y}98{place:05d}", story.name, "居民身份证", number, day.isoformat(), story.association]


def has_begun(story: Story) -> bool:
    user = user_by_email(story.email)
    return user is not None and bool(draft_of_user(user.pk) or applications_of_user(user.pk))


def candidate(story: Story, now: datetime) -> Actor:
    user = account_for_email(email=story.email, language="zh-hans", now=now)
    return Actor(ActorKind.USER, f"user:{user.pk}", user_id=user.pk)


def fill_in(story: Story, row: list[str], actor: Actor, now: datetime):
    """The draft with its pages, as far as the story goes. Returns it as last saved."""
    draft = open_draft(actor=actor, eligibility=_eligibility(row), language="zh-hans", now=now)
    pages = _answers(story, row, civil_date(now))
    for page, answers in pages.items() if story.filled else [next(iter(pages.items()))]:
        draft = save_page(draft.pk, actor=actor, page=page, answers=answers, now=now)
    return save_photo(draft.pk, actor=actor, picture=photo(), now=now) if story.filled else draft


def photo() -> bytes:
    return accept_photo(SimpleUploadedFile("photo.png", portrait()))


def _eligibility(row: list[str]) -> dict:
    return {
        "practising": "never",
        "stopped_on": None,
        "has_certificate": True,
        "certificate_on": row[4],
        "identity_type": str(IdentityType.RESIDENT_ID),
        "may_start": True,
        "insists": False,
    }


def _answers(story: Story, row: list[str], today: date) -> dict:
    number, name, _kind, identity_number, day, association = row
    reading = read_identity_number(IdentityType.RESIDENT_ID, identity_number, today=today)
    identity = {
        Field.NAME: name if story.roll != "near" else name[:-1] + "渊",
        Field.IDENTITY_TYPE: IdentityType.RESIDENT_ID,
        Field.IDENTITY_NUMBER: identity_number,
        Field.IDENTITY_COUNTRY: "",
        Field.BIRTH_ON: reading.birth_on.isoformat(),
        Field.SEX: str(reading.sex),
    }
    pages = {
        Page.IDENTITY: identity,
        Page.CERTIFICATE: {Field.CERTIFICATE_NUMBER: number, Field.CERTIFICATE_ON: day},
        Page.ASSOCIATION: {Field.ASSOCIATION: association},
        Page.CONTACT: {Field.PHONE: "+8613800138000", Field.EMPLOYER: "杭州求是会计咨询有限公司（演示）"},
        Page.DECLARATIONS: {Field.DECLARATIONS: DECLARED | NOT_DECLARED},
    }
    return {page: {str(name): _plain(value) for name, value in answers.items()} for page, answers in pages.items()}


def _plain(value):
    return value if isinstance(value, dict) else str(value)
