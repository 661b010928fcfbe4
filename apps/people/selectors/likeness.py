"""How two names or two numbers can be the same one, written differently: the ways in which people and clerks err.

Nothing here decides anything. It finds what a person should look at, through indexes made of keys that are equal for
everything alike: no sealed table is ever read through.
"""

import unicodedata
from datetime import date
from enum import StrEnum
from functools import cache

from apps.core.encryption import blind_index
from apps.people.enums import IdentityType
from apps.people.selectors.identity_numbers import identity_index, normalise_identity_number, with_check_digit
from apps.people.selectors.names import normalise_name

NAME_VARIANTS = str.maketrans("喆堃甯槑崐凃碁廼迺仝叡徧邨尅", "哲坤宁梅昆涂棋乃乃同睿遍村克")
"""异体字 of names that the table of traditional characters leaves alone: registers of the nineties wrote one for the
other, because their machines lacked it."""
DIGITS, LETTERS = "0123456789", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
CHECKED = frozenset({IdentityType.RESIDENT_ID, IdentityType.RESIDENCE_PERMIT_HMT, IdentityType.FOREIGN_PR})
NOT_LETTERS = str.maketrans("", "", " ·.-'’")


class Alike(StrEnum):
    """How two texts differ."""

    SAME = "same"
    VARIANT = "variant"
    SOUND = "sound"
    ONE_CHARACTER = "one_character"
    TRANSPOSED = "transposed"
    OTHER = "other"


def fold_name(name: str) -> str:
    """One spelling for all variants of the characters: simplified, without variant forms, case, spaces and dots."""
    text = unicodedata.normalize("NFKC", normalise_name(name)).upper().translate(NOT_LETTERS)
    return _to_simplified()(text).translate(NAME_VARIANTS)


def sound_of(name: str) -> str:
    """How a name is read, without tones; a Latin name as its parts in the order of the alphabet."""
    if name.isascii():
        return " ".join(sorted(unicodedata.normalize("NFKC", name).upper().replace("-", " ").split()))
    return " ".join(_reading(character) for character in fold_name(name))


def sound_index(name: str) -> str:
    """Equal for names that sound alike: 章 and 张, 錡 and 锜."""
    return blind_index("people.sound", sound_of(name))


def candidate_index(name: str, birth_on: date | None) -> str:
    """Equal for persons whose names sound alike and who were born on the same day; empty without a birth date."""
    return blind_index("people.candidate", f"{sound_of(name)}\0{birth_on.isoformat()}") if birth_on else ""


def compare_names(left: str, right: str) -> Alike:
    """The mildest way in which two names differ."""
    one, other = normalise_name(left), normalise_name(right)
    if one.upper() == other.upper():
        return Alike.SAME
    one, other = fold_name(left), fold_name(right)
    if one == other:
        return Alike.VARIANT
    if sound_of(left) == sound_of(right):
        return Alike.SOUND
    return _one_step(one, other)


def compare_numbers(left: str, right: str) -> Alike:
    """Of two normalised numbers. A check character follows from the rest, so it does not count as a difference."""
    if left == right:
        return Alike.SAME
    if len(left) == len(right) == 18:
        left, right = left[:17], right[:17]
    if left == right:
        return Alike.ONE_CHARACTER
    step = _one_step(left, right)
    return Alike.OTHER if step == Alike.OTHER else step


def mistypings(number: str, alphabet: str) -> set[str]:
    """Everything that one wrong, missing, doubled or swapped character can make of a number, the number left out."""
    made = set()
    for place in range(len(number)):
        head, tail = number[:place], number[place + 1 :]
        made.add(head + tail)
        made |= {head + other + tail for other in alphabet}
        made |= {head + other + number[place:] for other in alphabet}
        if tail:
            made.add(head + tail[0] + number[place] + tail[1:])
    return made - {number}


def nearby_identity_indexes(type: str, number: str) -> list[str]:
    """Blind indexes of every number that is this one mistyped, without its own.

    An 18-character number passed its check, so of two that differ the check characters differ, too: they are computed.
    """
    number = normalise_identity_number(number)
    if type in CHECKED and len(number) == 18 and number[:17].isdigit():
        near = {with_check_digit(body) for body in mistypings(number[:17], DIGITS) if len(body) == 17}
    else:
        near = mistypings(number[:20], DIGITS if number[1:].isdigit() else DIGITS + LETTERS)
    return sorted({identity_index(type, other) for other in near} - {identity_index(type, number)})


def _one_step(one: str, other: str) -> Alike:
    """One character replaced, missing or too many; or two neighbours swapped."""
    if abs(len(one) - len(other)) > 1:
        return Alike.OTHER
    start = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    rest, others = one[start:], other[start:]
    if len(rest) >= 2 and rest[:2] == others[:2][::-1] and rest[2:] == others[2:]:
        return Alike.TRANSPOSED
    same_after = rest[1:] == others[1:] or rest[1:] == others or rest == others[1:]
    return Alike.ONE_CHARACTER if same_after and min(len(one), len(other)) > 1 else Alike.OTHER


@cache
def _to_simplified():
    from opencc import OpenCC  # 60 ms and some MB: only whoever compares names loads it

    return OpenCC("t2s").convert


@cache
def _reading(character: str) -> str:
    from pypinyin import lazy_pinyin  # its dictionary is large, too

    return lazy_pinyin(character)[0]
