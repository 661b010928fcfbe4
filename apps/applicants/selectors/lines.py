"""A line of the checklist."""

import enum
from dataclasses import dataclass
from datetime import date


class Level(enum.StrEnum):
    GREEN = "green"
    PERSON = "person"
    BLOCKED = "blocked"


@dataclass(frozen=True)
class ChecklistLine:
    """GREEN speaks for itself; PERSON must be looked at and ticked; BLOCKED excludes an agreement by the rules."""

    key: str
    level: Level
    sentence: str
    clause: str = ""

    @property
    def is_green(self) -> bool:
        return self.level == Level.GREEN

    @property
    def needs_person(self) -> bool:
        return self.level == Level.PERSON

    @property
    def is_blocked(self) -> bool:
        return self.level == Level.BLOCKED


def green(key: str, sentence: str, clause: str = "") -> ChecklistLine:
    return ChecklistLine(key, Level.GREEN, sentence, clause)


def needs_person(key: str, sentence: str, clause: str = "") -> ChecklistLine:
    return ChecklistLine(key, Level.PERSON, sentence, clause)


def blocked(key: str, sentence: str, clause: str = "") -> ChecklistLine:
    return ChecklistLine(key, Level.BLOCKED, sentence, clause)


def read_date(text) -> date | None:
    """A date of the answers, or None where there is none."""
    try:
        return date.fromisoformat(text)
    except (TypeError, ValueError):
        return None
