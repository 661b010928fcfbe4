"""Deriving for the record: which rules answered, which lines followed, in one language, so that it can be compared."""

from dataclasses import asdict, dataclass
from datetime import date

from django.utils import translation

from apps.applicants.selectors.case_facts import CaseFacts
from apps.applicants.selectors.checklist import derive
from apps.applicants.selectors.lines import ChecklistLine
from apps.rules.selectors import RuleVersion, recorded_rules, rules_as_recorded

LANGUAGE = "zh-hans"
DAYS = ("in_force_from", "in_force_to")


@dataclass(frozen=True)
class Derived:
    lines: list[dict]
    rules: list[dict]


def derived(facts: CaseFacts) -> Derived:
    """What follows under the rules of now, and which of them were looked up."""
    with translation.override(LANGUAGE), recorded_rules() as used:
        lines = derive(facts)
    return Derived([_line(line) for line in lines], [_kept(asked, version) for asked, version in used.items()])


def derived_as_of_then(facts: CaseFacts, rules: list[dict]) -> list[dict]:
    """What follows under the rules that answered then. Raises UnknownRule where another one would be asked for."""
    with translation.override(LANGUAGE), rules_as_recorded(dict(map(_read, rules))):
        return [_line(line) for line in derive(facts)]


def _line(line: ChecklistLine) -> dict:
    return {name: str(value) for name, value in asdict(line).items()}


def _kept(asked: tuple, version: RuleVersion) -> dict:
    _key, on, association = asked
    kept = asdict(version) | {"asked_on": on, "asked_for": association}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in kept.items()}


def _read(kept: dict) -> tuple[tuple, RuleVersion]:
    days = {name: kept[name] and date.fromisoformat(kept[name]) for name in DAYS}
    asked = kept["key"], date.fromisoformat(kept["asked_on"]), kept["asked_for"]
    plain = {name: value for name, value in kept.items() if name not in {"asked_on", "asked_for"}}
    return asked, RuleVersion(**plain | days)
