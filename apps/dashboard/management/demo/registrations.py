"""The demo's practising registrations at the firm whose people demo/firm.py makes: a case in each state before the
platform's result. Each move is its service, in the name of whoever does it."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from apps.accounts.selectors import user_by_email
from apps.accounts.services import account_for_email
from apps.core.actor import Actor, ActorKind
from apps.core.clock import civil_date
from apps.dashboard.management.demo.candidates import photo
from apps.dashboard.management.demo.desk import officer
from apps.firms.selectors import firm_grants_on
from apps.people.enums import IdentityType
from apps.people.selectors import read_identity_number, with_check_digit
from apps.registrations.enums import Field, Ground, Page
from apps.registrations.selectors import registration_by_reference
from apps.registrations.services import checking, confirming, drafts

FIRM_CODE = "33000001"
HEAD, AGENT = "firm.head@example.org", "firm.agent@example.org"
NO_GROUND = {"capacity": True, "full_time": True, "truth": True, "note": "", **dict.fromkeys(Ground.values, False)}


@dataclass(frozen=True)
class Registering:
    """`moves` as in stories: what, and how many days after the beginning."""

    key: str
    name: str
    days_ago: int
    moves: tuple[tuple[str, int], ...] = ()

    @property
    def email(self) -> str:
        return f"{self.key.replace('_', '.')}@example.org"


FILED = (("invite", 1), ("confirm", 2), ("file", 3))
REGISTERING = (
    Registering("practising_draft", "许清扬", 2),
    Registering("practising_to_confirm", "何雨桐", 3, FILED[:1]),
    Registering("practising_to_commit", "吕思源", 4, FILED[:2]),
    Registering("practising_filed", "施予安", 5, FILED),
    Registering("practising_gaps", "张若愚", 9, (*FILED, ("ask_gaps", 5))),
    Registering("practising_accepted", "孔令嘉", 14, (*FILED, ("accept", 6))),
)


def begin(story: Registering, place: int, now: datetime, *, seated: datetime):
    """The agent's draft with every page. `seated` is a moment on which the agent has the seat."""
    agent = _at_firm(AGENT, seated)
    case = drafts.open_registration(actor=agent, firm_code=FIRM_CODE, language="zh-hans", now=now)
    given = {"actor": agent, "registration_id": case.pk, "now": now}
    for page, answers in _pages(story, place, now).items():
        drafts.save_page(page=page, answers=answers, **given)
    drafts.save_photo(picture=photo(), **given)
    return case.reference


def make(move: str, story: Registering, reference: str, now: datetime, *, seated: datetime) -> None:
    case = registration_by_reference(reference)
    given = {"registration_id": case.pk, "version": case.version, "now": now}
    if move in FIRM_MOVES:
        email, service = FIRM_MOVES[move]
        service(actor=_at_firm(email, seated), **given)
    elif move == "confirm":
        user = account_for_email(email=story.email, language="zh-hans", now=now)
        candidate = Actor(ActorKind.USER, f"user:{user.pk}", user_id=user.pk)
        confirming.confirm_registration(actor=candidate, declarations=dict(NO_GROUND), **given)
    else:
        service, more = OFFICE_MOVES[move]
        service(actor=officer("reviewer", case.association_id), **more, **given)


FIRM_MOVES = {"invite": (AGENT, confirming.invite_candidate), "file": (HEAD, confirming.file_registration)}
OFFICE_MOVES = {
    "ask_gaps": (checking.request_gaps, {"items": [(Field.PHOTO, "照片背景不是白色，请换成白底一寸照。")]}),
    "accept": (checking.accept_registration, {"confirmed": {"roll", "attestation"}}),
}


def _at_firm(email: str, now: datetime) -> Actor:
    user = user_by_email(email)
    grants = firm_grants_on(user.pk, civil_date(now))
    return Actor(ActorKind.USER, user.display_name, user_id=user.pk, second_factor=True, grants=grants)


def _pages(story: Registering, place: int, now: datetime) -> dict:
    today, chance = civil_date(now), random.SystemRandom()
    born = today - timedelta(days=chance.randrange(9500, 14000))
    number = with_check_digit(f"330100{born:%Y%m%d}{700 + place}")
    reading = read_identity_number(IdentityType.RESIDENT_ID, number, today=today)
    since = (today - timedelta(days=1100)).isoformat()
    return {
        Page.IDENTITY: {
            "name": story.name,
            "identity_type": str(IdentityType.RESIDENT_ID),
            "identity_number": number,
            "identity_country": "",
            "work_permit": "",
            "birth_on": reading.birth_on.isoformat(),
            "sex": str(reading.sex),
        },
        Page.CERTIFICATE: {
            "certificate_number": f"QZ2299{700 + place:05d}",
            "certificate_on": (today - timedelta(days=1200)).isoformat(),
            "certificate_lost": False,
        },
        Page.EXPERIENCE: {
            "employed_on": since,
            "experience": [{"employer": "杭州求是会计师事务所（演示）", "since": since, "until": ""}],
            "attestation": "",
        },
        Page.CONTACT: {"email": story.email, "phone": "+8613800138000"},
    }
