"""What a letter says, frozen at its approval: dated facts in English, each with its reason code."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import override

from apps.certificates.selectors.codes import new_code
from apps.core.clock import civil_date
from apps.letters.enums import Addressee, Outcome, Purpose
from apps.letters.models import Letter
from apps.letters.selectors.answers import TO_ANYBODY, english_name
from apps.members.selectors import membership_state
from apps.people.selectors import country_name
from apps.rules.selectors import rule_value
from apps.standing.enums import Matter
from apps.standing.selectors import GoodStanding, good_standing

PURPOSES = {
    Purpose.BODY: "an application to a professional accountancy body",
    Purpose.EMPLOYMENT: "employment",
    Purpose.STUDY: "study",
    Purpose.IMMIGRATION: "a visa or immigration application",
    Purpose.BUSINESS: "a tender or professional engagement",
}
TITLES = {
    Outcome.GOOD_STANDING: "Letter of Good Standing",
    Outcome.STATUS: "Statement of Membership Status",
}
GRAVE = frozenset({Matter.MEMBERSHIP, Matter.SUSPENSION, Matter.PROCEEDINGS, Matter.DISCIPLINE})
REISSUED_ON = "Re-issued on "
"""How the line begins that a letter under another seal has besides."""
SIGNATORIES = {"registration": "Director, Registration Department", "secretary_general": "Secretary General"}


@dataclass(frozen=True)
class Statement:
    """Plain text, ISO dates and lists only: it is kept as JSON, sealed under the person's key."""

    code: str
    reference: str
    kind: str
    title: str
    issued_on: str
    valid_until: str
    valid_days: int
    addressee: list[str]
    purpose: str
    english_name: str
    name: str
    findings: list[dict]
    """code, matter, text."""
    extras: list[str]
    facts: list[str]
    """What was so on that day, in codes: verification compares it with today's."""
    signatory: str

    def as_json(self) -> dict:
        return asdict(self)

    def sha256(self) -> str:
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True, ensure_ascii=False).encode()).hexdigest()

    def texts(self) -> list[str]:
        """What is printed from data, and so must be covered by the fonts."""
        return [self.english_name, self.name, self.purpose, *self.addressee, *self.extras]


def outcome_of(standing: GoodStanding) -> Outcome:
    """Which letter the facts allow."""
    return Outcome.GOOD_STANDING if standing.holds else Outcome.STATUS


def standing_for(letter: Letter, *, now: datetime) -> GoodStanding:
    return good_standing(letter.membership, on=civil_date(now))


def statement_of(letter: Letter, standing: GoodStanding, *, now: datetime) -> Statement:
    """What the letter would say if it were approved now. Always in English, whoever reads the page."""
    with override("en"):
        return _statement(letter, standing, civil_date(now))


def _statement(letter: Letter, standing: GoodStanding, today: date) -> Statement:
    answers, outcome = letter.answers, outcome_of(standing)
    return Statement(
        code=letter.code or new_code(),
        reference=letter.reference,
        kind=outcome,
        title=TITLES[outcome],
        issued_on=today.isoformat(),
        valid_until=(today + timedelta(days=answers["valid_days"])).isoformat(),
        valid_days=answers["valid_days"],
        addressee=_addressee(answers),
        purpose=answers["purpose_text"] or PURPOSES[Purpose(answers["purpose"])],
        english_name=english_name(answers),
        name=letter.person.name,
        findings=[
            {"code": finding.code, "matter": str(finding.matter.label), "text": finding.sentence}
            for finding in standing.recorded
        ],
        extras=_extras(letter, today),
        facts=facts_of(letter, standing),
        signatory=SIGNATORIES[rule_value("letter.signatory", on=today)],
    )


def facts_of(letter: Letter, standing: GoodStanding) -> list[str]:
    """Who the member is in the register, what stands in the matters that end a career, and whatever speaks against.

    A check passed or hours completed later on change nothing that the letter says, so they are left out.
    """
    membership, state = letter.membership, membership_state(letter.membership, on=standing.on)
    firm = state.firm.code if letter.answers["state_firm"] and state.firm else ""
    who = [letter.person.name, membership.kind, membership.number, state.association_id or "", firm]
    return who + [
        f"{finding.code} {finding.values.get('list', '')}".strip()
        for finding in standing.findings
        if finding.matter in GRAVE or finding.holds is False
    ]


def _addressee(answers: dict) -> list[str]:
    if answers["addressee_kind"] == Addressee.ANYBODY:
        return [TO_ANYBODY]
    return [answers["addressee"], country_name(answers["country"])]


def _extras(letter: Letter, today: date) -> list[str]:
    """What the member wants stated besides: only what a register or a document says."""
    lines, answers = [], letter.answers
    born = letter.person.birth_on
    if answers["state_birth"] and born:
        lines.append(f"Date of birth: {english_day(born)}.")
    firm = membership_state(letter.membership, on=today).firm
    if answers["state_firm"] and firm:
        lines.append(
            f"As at {english_day(today)}, registered with the accounting firm {firm.name}, "
            f"firm licence number {firm.code}."
        )
    return lines


def english_day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
