"""What the roll of passers says. It answers an officer; a candidate never learns what it holds."""

import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.db.models import Q

from apps.applicants.enums import RollMatch
from apps.applicants.models import RollEntry
from apps.people.selectors import identity_index, name_index


def normalise_certificate_number(text: str) -> str:
    """Half-width, upper case, no spaces: `ＱＺ 2433…` and `qz2433…` are one number."""
    return "".join(unicodedata.normalize("NFKC", text).upper().split())


def match_roll(
    certificate_number: str, name: str, identity_type: str, identity_number: str
) -> tuple[RollMatch, RollEntry | None]:
    """EXACT where one entry has all three; NEAR where the number, or name and identity together, are found."""
    number = normalise_certificate_number(certificate_number)
    by_name, by_identity = name_index(name), identity_index(identity_type, identity_number)
    found = list(
        RollEntry.objects.filter(
            Q(certificate_number=number) | Q(identity_index=by_identity, name_index=by_name)
        ).select_related("data_key")
    )
    for entry in found:
        if (entry.certificate_number, entry.name_index, entry.identity_index) == (number, by_name, by_identity):
            return RollMatch.EXACT, entry
    found.sort(key=lambda entry: entry.certificate_number != number)
    return (RollMatch.NEAR, found[0]) if found else (RollMatch.NONE, None)


def roll_entries_of(certificate_numbers: list[str]) -> dict[str, RollEntry]:
    """The entries with these (normalised) certificate numbers, by number: one query."""
    found = RollEntry.objects.select_related("data_key").filter(certificate_number__in=certificate_numbers)
    return {entry.certificate_number: entry for entry in found}


@dataclass(frozen=True)
class Piece:
    """A run of characters, and whether the other side has something else there."""

    text: str
    differs: bool


def compare_characters(left: str, right: str) -> tuple[list[Piece], list[Piece]]:
    """Both texts cut into pieces, so that a page can mark what differs."""
    mine: list[Piece] = []
    theirs: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if b > a:
            mine.append(Piece(left[a:b], tag != "equal"))
        if d > c:
            theirs.append(Piece(right[c:d], tag != "equal"))
    return mine, theirs
