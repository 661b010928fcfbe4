"""The book in which rules are looked up: the kept rows as a rule; another one for a while, to record, repeat or try.

Every question for a rule goes through `look_up`. A decision records which rows answered; its replay is answered from
that record and not from the rows of today; a preview is answered as if a proposed row already held.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import get_language

from apps.core.kept import Kept
from apps.rules.models import Rule


class UnknownRule(LookupError):
    """Nobody has said what holds: a fault of the installation, not of the reader."""


@dataclass(frozen=True)
class RuleVersion:
    """One dated value as it was looked up. `association` is empty where it holds for all."""

    key: str
    value: Any
    in_force_from: date
    in_force_to: date | None = None
    association: str = ""
    clause_zh: str = ""
    clause_en: str = ""

    @property
    def clause(self) -> str:
        return self.clause_en if self.clause_en and (get_language() or "").startswith("en") else self.clause_zh

    def holds_on(self, day: date) -> bool:
        return self.in_force_from <= day and (self.in_force_to is None or day <= self.in_force_to)


LookUp = Callable[[str, date, str], RuleVersion]

_open_book: ContextVar[LookUp | None] = ContextVar("open_book", default=None)


def look_up(key: str, on: date, association: str) -> RuleVersion:
    """The version in force: the association's own where there is one, else everybody's. Raises UnknownRule."""
    return (_open_book.get() or _kept)(key, on, association)


@contextmanager
def recorded_rules() -> Iterator[dict[tuple, RuleVersion]]:
    """Which versions were looked up inside, by (key, day, association asked for)."""
    used: dict[tuple, RuleVersion] = {}
    below = _open_book.get() or _kept

    def look_and_note(key, on, association):
        version = used[key, on, association] = below(key, on, association)
        return version

    with _opened(look_and_note):
        yield used


@contextmanager
def rules_as_recorded(used: dict[tuple, RuleVersion]) -> Iterator[None]:
    """Only what was looked up then is known inside; a question that was not asked then raises UnknownRule."""

    def from_record(key, on, association):
        try:
            return used[key, on, association]
        except KeyError as error:
            raise UnknownRule(f"{key} on {on} was not looked up then") from error

    with _opened(from_record):
        yield


@contextmanager
def rules_as_proposed(proposed: RuleVersion) -> Iterator[None]:
    """As if this version held already, over whatever holds now on its days."""
    below = _open_book.get() or _kept

    def proposed_first(key, on, association):
        if key == proposed.key and proposed.holds_on(on) and proposed.association in {"", association}:
            present = below(key, on, association)
            return present if present.association and not proposed.association else proposed
        return below(key, on, association)

    with _opened(proposed_first):
        yield


@contextmanager
def _opened(book: LookUp) -> Iterator[None]:
    token = _open_book.set(book)
    try:
        yield
    finally:
        _open_book.reset(token)


def _kept(key: str, on: date, association: str) -> RuleVersion:
    versions = kept_rules.get().get(key, ())
    for wanted in dict.fromkeys((association, "")):
        for version in versions:
            if version.association == wanted and version.holds_on(on):
                return version
    raise UnknownRule(f"no rule {key} is in force on {on}")


def version_of(rule: Rule) -> RuleVersion:
    return RuleVersion(
        rule.key,
        rule.value,
        rule.in_force_from,
        rule.in_force_to,
        rule.association_key,
        rule.clause_zh,
        rule.clause_en,
    )


def _read_rules() -> dict[str, list[RuleVersion]]:
    by_key: dict[str, list[RuleVersion]] = {}
    for rule in Rule.objects.filter(superseded_at=None):
        by_key.setdefault(rule.key, []).append(version_of(rule))
    return by_key


kept_rules = Kept("rules", _read_rules)
