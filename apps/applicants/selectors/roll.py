"""What the roll of passers says. It answers an officer; a candidate never learns what it holds."""

import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from apps.applicants.enums import RollMatch
from apps.applicants.models import RollEntry
from apps.core.encryption import blind_index
from apps.people.selectors import (
    Alike,
    compare_names,
    compare_numbers,
    identity_index,
    mistypings,
    name_index,
    nearby_identity_indexes,
    normalise_identity_number,
    sound_index,
)

IN_NUMBERS = "0123456789QYZAB"
"""What stands in certificate numbers, old and new (domain.md, section 3)."""
MOST_CANDIDATES = 20

WHY = {
    "number_one_character": _("合格证号相差一个字符"),
    "number_transposed": _("合格证号有相邻两个字符颠倒"),
    "number_other": _("合格证号不同"),
    "name_variant": _("姓名是异体字或繁简体写法"),
    "name_sound": _("姓名读音相同，用字不同"),
    "name_one_character": _("姓名相差一个字"),
    "name_transposed": _("姓名有相邻两个字颠倒"),
    "name_other": _("姓名不同"),
    "identity_one_character": _("证件号码相差一位"),
    "identity_transposed": _("证件号码有相邻两位颠倒"),
    "identity_other_document": _("证件类型不同，可能换过证件"),
    "identity_other": _("证件号码不同"),
}
"""What is not the same, in words: one sentence for each way in which a line of the roll is only near."""


def normalise_certificate_number(text: str) -> str:
    """Half-width, upper case, no spaces: `ＱＺ 2433…` and `qz2433…` are one number."""
    return "".join(unicodedata.normalize("NFKC", text).upper().split())


@dataclass(frozen=True)
class RollCandidate:
    """A line of the roll that may be the applicant's; `why` names what is not the same, nothing where all is."""

    entry: RollEntry
    why: tuple[str, ...]

    @property
    def is_exact(self) -> bool:
        return not self.why

    @property
    def sentences(self) -> list[str]:
        return [str(WHY[code]) for code in self.why]

    @property
    def distance(self) -> int:
        return sum(3 if code.endswith(("_other", "_other_document")) else 1 for code in self.why)


def find_on_roll(
    certificate_number: str, name: str, identity_type: str, identity_number: str
) -> tuple[RollMatch, list[RollCandidate]]:
    """EXACT where one line has all three, NEAR with every line that may be meant, the nearest first, else NONE.

    Found through the certificate number, the document and how the name sounds. The same question is asked whatever
    the answer is, so nobody can tell an outcome by the time it takes.
    """
    asked = (
        normalise_certificate_number(certificate_number),
        name,
        identity_type,
        normalise_identity_number(identity_number),
    )
    by_identity = identity_index(identity_type, identity_number)
    rows = _candidates(*asked)[:MOST_CANDIDATES]
    found = [RollCandidate(entry, _differences(entry, asked, by_identity)) for entry in rows]
    found.sort(key=lambda candidate: (candidate.distance, candidate.entry.certificate_number))
    if found and found[0].is_exact:
        return RollMatch.EXACT, found[:1]
    return (RollMatch.NEAR if found else RollMatch.NONE), found


def _candidates(number: str, name: str, identity_type: str, identity_number: str) -> QuerySet[RollEntry]:
    """Two of the three agree at least nearly, or the certificate or the document alone agrees wholly."""
    near_number = Q(certificate_number__in=sorted(mistypings(number[:30], IN_NUMBERS)))
    near_identity = Q(identity_index__in=nearby_identity_indexes(identity_type, identity_number))
    sounds_alike = Q(sound_index=sound_index(name))
    return RollEntry.objects.filter(
        Q(certificate_number=number)
        | Q(identity_index=identity_index(identity_type, identity_number))
        | (near_number & sounds_alike)
        | (near_number & near_identity)
        | (near_identity & sounds_alike)
    ).select_related("data_key")


def match_roll(
    certificate_number: str, name: str, identity_type: str, identity_number: str
) -> tuple[RollMatch, RollEntry | None]:
    """The match with its nearest line."""
    match, found = find_on_roll(certificate_number, name, identity_type, identity_number)
    return match, found[0].entry if found else None


def _differences(entry: RollEntry, asked: tuple[str, str, str, str], by_identity: str) -> tuple[str, ...]:
    number, name, identity_type, identity_number = asked
    differ = [f"number_{compare_numbers(number, entry.certificate_number)}"]
    differ.append("name_same" if entry.name_index == name_index(name) else f"name_{compare_names(name, entry.name)}")
    if entry.identity_index == by_identity:
        differ.append("identity_same")
    elif entry.identity_type != identity_type:
        differ.append("identity_other_document")
    else:
        differ.append(f"identity_{compare_numbers(identity_number, entry.identity_number)}")
    return tuple(code for code in differ if not code.endswith(f"_{Alike.SAME}"))


def certificate_index(number: str) -> str:
    """Equal for one certificate number however it is typed; empty without one."""
    number = normalise_certificate_number(number)
    return blind_index("applicants.certificate", number) if number else ""


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
