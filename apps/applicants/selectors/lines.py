"""A line of the checklist: which clause, which fact, known from where, and what follows."""

import enum
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _


class Outcome(enum.StrEnum):
    PASS = "pass"
    FAIL = "fail"
    PERSON = "person"


class Source(enum.StrEnum):
    """Where the fact of a line is known from."""

    ROLL = "roll"
    REGISTER = "register"
    ANSWER = "answer"
    FACT = "fact"
    DECLARATION = "declaration"
    PERSON = "person"
    CASE = "case"

    @property
    def label(self):
        return SOURCE_LABELS[self]


SOURCE_LABELS = {
    Source.ROLL: _("全科合格名单"),
    Source.REGISTER: _("会员名册"),
    Source.ANSWER: _("申请人填写"),
    Source.FACT: _("协会登记的事实"),
    Source.DECLARATION: _("申请人声明"),
    Source.PERSON: _("人员记录"),
    Source.CASE: _("本件往来"),
}


@dataclass(frozen=True)
class ChecklistLine:
    """PASS speaks for itself; PERSON must be looked at and ticked; FAIL excludes an agreement by the rules.

    `fact` is what was compared, in figures and ISO dates, the same in every language: `2024-12-20 → 2026-03-25`.
    """

    key: str
    outcome: Outcome
    sentence: str
    clause: str = ""
    fact: str = ""
    source: Source = Source.ANSWER

    @property
    def is_green(self) -> bool:
        return self.outcome == Outcome.PASS

    @property
    def needs_person(self) -> bool:
        return self.outcome == Outcome.PERSON

    @property
    def is_blocked(self) -> bool:
        return self.outcome == Outcome.FAIL


@dataclass(frozen=True)
class LineCounts:
    """How many lines of a checklist passed, failed, and wait for a person."""

    passed: int
    person: int
    failed: int


def line_counts(lines: Iterable[ChecklistLine]) -> LineCounts:
    outcomes = [line.outcome for line in lines]
    return LineCounts(*(outcomes.count(outcome) for outcome in (Outcome.PASS, Outcome.PERSON, Outcome.FAIL)))


def green(key: str, sentence: str, clause: str = "", *, fact: str = "", source: Source) -> ChecklistLine:
    return ChecklistLine(key, Outcome.PASS, sentence, clause, fact, source)


def needs_person(key: str, sentence: str, clause: str = "", *, fact: str = "", source: Source) -> ChecklistLine:
    return ChecklistLine(key, Outcome.PERSON, sentence, clause, fact, source)


def blocked(key: str, sentence: str, clause: str = "", *, fact: str = "", source: Source) -> ChecklistLine:
    return ChecklistLine(key, Outcome.FAIL, sentence, clause, fact, source)


def span(since: date, until: date) -> str:
    """Two days as a fact: `2024-12-20 → 2026-03-25`."""
    return f"{since.isoformat()} → {until.isoformat()}"


ISO_LENGTH = 10
"""`2024-12-20`; eight digits alone are a permit's number, not a date."""


def read_date(text) -> date | None:
    """A date of the answers, or None where there is none."""
    try:
        return date.fromisoformat(text) if len(text) == ISO_LENGTH else None
    except (TypeError, ValueError):
        return None
