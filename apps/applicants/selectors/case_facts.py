"""What the checklist reads of a case, as plain data: so that a decision can keep it and derive it again."""

from dataclasses import asdict, dataclass, field, replace
from datetime import date

from apps.applicants.enums import RollMatch


@dataclass(frozen=True)
class RollFact:
    """The line of the roll that was found, as it was then."""

    certificate_number: str
    certificate_on: date
    name: str
    identity_type: str
    identity_number: str


@dataclass(frozen=True)
class WatchedFact:
    """A recorded ground that is, or may be, about the applicant; `why` one thinks so, a sentence each."""

    certainty: str
    ground: str
    since: date | None
    document: str
    why: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class CaseFacts:
    """Nothing here is a model and nothing asks a database; a new input of the checklist is a new field with a default.

    `applied_on` is the day of the first submission, whose rules hold; `today` the day of the question.
    """

    route: str
    state: str
    association: str
    applied_on: date
    today: date
    answers: dict = field(default_factory=dict)
    has_photo: bool = False
    roll_match: str = RollMatch.NONE
    roll: RollFact | None = None
    known_name: str = ""
    """What the portal knows the person by, who holds the identity document of the answers."""
    is_member: bool = False
    watched: list[WatchedFact] = field(default_factory=list)
    roll_why: tuple[str, ...] = ()
    """What is not the same on the line of the roll (roll.WHY)."""
    roll_chosen: bool = False
    roll_must_choose: bool = False
    record: dict | None = None
    """The practising membership that the applicant named, as practising.record_facts gives it."""
    certificate_used: str = ""
    """Reference of another person's case with the same certificate number."""
    persons_unsettled: int = 0
    """How many persons "may be the same" without an officer's answer."""
    persons_settled: int = 0
    papers: list[str] = field(default_factory=list)
    """The kinds of which a clean paper has come."""

    def answer(self, name: str, default=""):
        return self.answers.get(name, default)


def facts_to_json(facts: CaseFacts) -> dict:
    """Dates as ISO text: what a decision keeps, sealed."""
    return _with_text_dates(asdict(facts))


def facts_from_json(kept: dict) -> CaseFacts:
    """Fields that a later version has added take their default."""
    facts = CaseFacts(**_dated(kept, "applied_on", "today"))
    watched = [WatchedFact(**_dated(fact, "since")) for fact in kept.get("watched", [])]
    roll = RollFact(**_dated(kept["roll"], "certificate_on")) if kept.get("roll") else None
    return replace(facts, roll=roll, watched=watched, roll_why=tuple(facts.roll_why))


def _dated(kept: dict, *names: str) -> dict:
    return kept | {name: kept[name] and date.fromisoformat(kept[name]) for name in names}


def _with_text_dates(value):
    if isinstance(value, dict):
        return {name: _with_text_dates(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_with_text_dates(part) for part in value]
    return value.isoformat() if isinstance(value, date) else value
