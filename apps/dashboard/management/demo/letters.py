"""The demo's members who ask for an English letter: one in each state, each move by its service, in the name of whoever
makes it. The letter itself is made in the seconds after by the running portal."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from apps.accounts.services import account_for_email
from apps.core.actor import Actor, ActorKind
from apps.core.clock import civil_date
from apps.core.encryption import create_data_key
from apps.dashboard.management.demo.desk import officer
from apps.dashboard.management.demo.staff import SYSTEM
from apps.letters.selectors import letters_at_office
from apps.letters.services import (
    approve_letter,
    ask_for_letter,
    propose_letter,
    propose_refusal,
    refuse_letter,
    withdraw_request,
)
from apps.members.services import admit_member
from apps.people.enums import IdentityType, Sex
from apps.people.selectors import propose_english_name, with_check_digit
from apps.people.services import link_user, register_person
from apps.standing.enums import Matter, Outcome
from apps.standing.services import RecordEntry, record_about_member


@dataclass(frozen=True)
class Asking:
    """`records`: what the registrar has written down; `moves` as in stories: what, and after how many days."""

    key: str
    name: str
    days_ago: int
    moves: tuple[tuple[str, int], ...] = ()
    records: tuple[tuple[Matter, Outcome], ...] = ()
    purpose: str = "body"

    @property
    def email(self) -> str:
        return f"{self.key.replace('_', '.')}@example.org"


CHECKED = ((Matter.ANNUAL_CHECK, Outcome.PASSED), (Matter.CPE, Outcome.HOURS))
CONDEMNED = ((Matter.DISCIPLINE, Outcome.CONDEMNED),)
ASKING = (
    Asking("letter_requested", "吕思涵", 1, records=CHECKED),
    Asking("letter_status", "曾若愚", 2, records=CONDEMNED, purpose="employment"),
    Asking("letter_proposed", "欧阳清扬", 3, (("propose", 1),), CHECKED, "study"),
    Asking("letter_issued", "单雨桐", 6, (("propose", 2), ("approve", 5)), CHECKED),
    Asking("letter_refused", "解予安", 8, (("propose_refusal", 2), ("refuse", 4))),
    Asking("letter_withdrawn", "仇令嘉", 5, (("withdraw", 1),)),
)


def begin(story: Asking, place: int, now: datetime) -> tuple[str, Actor]:
    """A member since last year with an account, what is recorded of them, and their request."""
    actor = _member(story, place, now)
    for matter, outcome in story.records:
        _record(actor, matter, outcome, now)
    name = propose_english_name(story.name)
    answers = {
        "addressee_kind": "named",
        "addressee": "Hong Kong Institute of Certified Public Accountants",
        "country": "HKG",
        "purpose": story.purpose,
        "purpose_text": "",
        "surname": name.surname,
        "given": name.given,
        "spelling": "pinyin",
        "state_birth": False,
        "state_firm": False,
        "valid_days": 90,
    }
    letter = ask_for_letter(actor=actor, answers=answers, consents=True, language="zh-hans", now=now)
    return letter.reference, actor


def make(move: str, reference: str, member: Actor, now: datetime) -> None:
    """The first officer of the national body proposes, the second decides, the member withdraws."""
    first, second = officer("rechecker"), officer("rechecker", place=1)
    letter = letters_at_office(first).get(reference=reference)
    given = {"letter_id": letter.pk, "version": letter.version, "now": now}
    if move == "propose":
        propose_letter(actor=first, **given)
    elif move == "propose_refusal":
        note = "入会日期与协会的档案不一致，请先向浙江省注册会计师协会更正。"
        propose_refusal(actor=first, reason_code="letter.record_unclear", note=note, **given)
    else:
        service = {"approve": approve_letter, "refuse": refuse_letter, "withdraw": withdraw_request}[move]
        service(actor=member if move == "withdraw" else second, **given)


def _member(story: Asking, place: int, now: datetime) -> Actor:
    person = register_person(
        actor=SYSTEM,
        name=story.name,
        identity_type=IdentityType.RESIDENT_ID,
        identity_number=with_check_digit(f"330106{date(1991, 3, 5 + place):%Y%m%d}{700 + place}"),
        sex=Sex.FEMALE,
        data_key=create_data_key(),
        now=now,
    )
    user = account_for_email(email=story.email, language="zh-hans", now=now)
    link_user(user_id=user.pk, person_id=person.pk, now=now)
    admit_member(
        actor=SYSTEM,
        person_id=person.pk,
        kind="non_practising",
        association_code="330000",
        effective_on=date(civil_date(now).year - 2, 3, 5),
        document_number=f"会协〔{civil_date(now).year - 2}〕12号",
        import_reference="demo",
        now=now,
    )
    return Actor(ActorKind.USER, story.email, user_id=user.pk, person_id=person.pk)


def _record(actor: Actor, matter: Matter, outcome: Outcome, now: datetime) -> None:
    today, is_sanction = civil_date(now), matter == Matter.DISCIPLINE
    entry = RecordEntry(
        matter=matter,
        outcome=outcome,
        decided_on=today - timedelta(days=200),
        source="浙江省注册会计师协会",
        year=None if is_sanction else today.year - 1,
        hours=44 if matter == Matter.CPE else None,
        document=f"会协〔{today.year}〕8号" if is_sanction else "",
    )
    record_about_member(actor=officer("registrar"), person_id=actor.person_id, entry=entry, now=now)
