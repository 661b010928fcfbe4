"""Nothing false passes as valid and nothing valid is refused: each bit of a token, and a crowd of tokens, counted."""

import json
import random
from collections import Counter
from datetime import date, timedelta

import pytest

from tests.support import token_vectors as made
from tests.support.verifier import verifier

KEYS = verifier.read_keys(json.dumps(made.key_document()))
LISTS = verifier.trusted_lists([verifier.read_status_list(made.status_list())], KEYS)
NAMES = ["王芳", "欧阳𠮷", "María-José Fernández", made.LONG_NAME, "长" * 50]


def word(raw: bytes, *, code=made.CODE, keys=KEYS, lists=LISTS, at=made.AT) -> str:
    return verifier.check(made.address(raw, code=code), keys, lists, now=at).word


def test_no_bit_of_a_token_can_be_changed():
    token = made.token_bytes()
    assert word(token) == "valid"
    words = Counter(word(made.edited(token, at, bit)) for at in range(len(token)) for bit in range(8))
    assert set(words) <= {"not_genuine", "unreadable"}
    assert words.total() == 8 * len(token)


def test_no_letter_of_a_token_can_be_changed():
    text = made.spelled(made.token_bytes())
    for at in range(len(text)):
        for letter in "A7":
            changed = text[:at] + letter + text[at + 1 :]
            verdict = verifier.check(f"x/{made.CODE}#{changed}", KEYS, LISTS, now=made.AT)
            assert changed == text or verdict.word in {"not_genuine", "unreadable"}


def test_no_bit_of_a_status_list_can_be_changed():
    raw = made.status_list()
    trusted = 0
    for at in range(len(raw)):
        try:
            changed = verifier.read_status_list(made.edited(raw, at, at % 8))
        except verifier.Unreadable:
            continue
        trusted += verifier.list_is_genuine(changed, KEYS)
    assert trusted == 0


def genuine(dice: random.Random, code: str) -> bytes:
    return made.token_bytes(
        code=code,
        name=dice.choice(NAMES),
        number=str(dice.randrange(10**11, 10**12)),
        kind=dice.choice(["practising", "non_practising"]),
        admitted_on=date(1990, 1, 1) + timedelta(dice.randrange(13000)),
        issued_on=date(2026, 1, 1) + timedelta(dice.randrange(150)),
        position=dice.choice([place for place in range(made.SIZE) if place not in made.STANDINGS]),
        signed_by=dice.choice(["active", "retired"]),
        room=dice.choice([24, 32, 48]),
    )


ATTACKS = {
    "a byte changed": lambda dice, code: word(
        made.edited(genuine(dice, code), dice.randrange(100), dice.randrange(8)), code=code
    ),
    "a strange key": lambda dice, code: word(made.token_bytes(code=code, signed_by="unknown"), code=code),
    "a stolen name of a key": lambda dice, code: word(
        made.token_bytes(code=code, signed_by="unknown", says_key="active"), code=code
    ),
    "a revoked key": lambda dice, code: word(made.token_bytes(code=code, signed_by="revoked"), code=code),
    "an old key": lambda dice, code: word(
        made.token_bytes(code=code, signed_by="retired", issued_on=date(2026, 7, 1) + timedelta(dice.randrange(99))),
        code=code,
    ),
    "another's token": lambda dice, code: word(genuine(dice, a_code(dice)), code=code),
    "a stale list": lambda dice, code: word(
        genuine(dice, code), code=code, at=made.AT + timedelta(days=1 + dice.randrange(4000))
    ),
    "a clock that is behind": lambda dice, code: word(
        genuine(dice, code), code=code, at=made.AT - timedelta(hours=1 + dice.randrange(90000))
    ),
    "a list withheld": lambda dice, code: word(genuine(dice, code), code=code, lists={}),
    "an entry that is not valid": lambda dice, code: word(
        made.token_bytes(code=code, position=dice.choice(list(made.STANDINGS))), code=code
    ),
}


def a_code(dice: random.Random) -> str:
    bits = dice.getrandbits(128)
    return "".join(verifier.CODE_ALPHABET[bits >> shift & 31] for shift in range(125, -1, -5))


def judge(count: int) -> Counter:
    """Half of them genuine, half attacks of every kind: (what it was, what was said)."""
    dice, said = random.Random(count), Counter()
    kinds = list(ATTACKS)
    for number in range(count // 2):
        code = a_code(dice)
        said["genuine", word(genuine(dice, code), code=code)] += 1
        kind = kinds[number % len(kinds)]
        said[kind, ATTACKS[kind](dice, a_code(dice))] += 1
    return said


@pytest.mark.parametrize("count", [400, pytest.param(10_000, marks=pytest.mark.slow)])
def test_nothing_false_is_valid_and_nothing_valid_is_refused(count):
    said = judge(count)
    assert said["genuine", "valid"] == count // 2, said
    assert {kind: said[kind, "valid"] for kind in ATTACKS} == dict.fromkeys(ATTACKS, 0)
    assert said.total() == count
