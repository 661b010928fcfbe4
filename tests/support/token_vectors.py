"""The published test vectors, made by the portal's own code: `python -m tests.support.token_vectors` writes them.

Signatures of Ed25519 come out the same each time, so a test can hold verify/vectors.json to this.
"""

import base64
import hashlib
import json
import struct
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

PATH = Path(__file__).resolve().parents[2] / "verify" / "vectors.json"
AT = datetime(2026, 11, 30, 3, 0, tzinfo=UTC)
DAY = timedelta(days=1)
RETIRED_AT = datetime(2026, 6, 30, 12, 0, tzinfo=UTC)
KEY_NAMES = ("active", "retired", "revoked", "unknown")
SIZE = 64
CODE = "2KGJHYBM82SH361SJDJRMF0102"
OTHER_CODE = "0123456789ABCDEFGHJKMNPQRS"
LONG_NAME = "阿卜杜热西提·买买提江·艾合买提·吐尔逊"
STANDINGS = {10: 1, 20: 2, 30: 3}


def private_key(name: str) -> Ed25519PrivateKey:
    """Anybody can make these: no published key is one of them."""
    return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(f"CICPA test vectors, {name} key".encode()).digest())


def public_bytes(name: str) -> bytes:
    return private_key(name).public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def key_id(name: str) -> str:
    return hashlib.sha256(public_bytes(name)).hexdigest()[:8]


def key_document(*, issued_at=AT) -> dict:
    times = {"retired": {"retired_at": RETIRED_AT}, "revoked": {"revoked_at": RETIRED_AT}}
    return {
        "format": 1,
        "issued_at": issued_at.isoformat(),
        "next_update": (issued_at + DAY).isoformat(),
        "token_keys": [
            {
                "key_id": key_id(name),
                "algorithm": "Ed25519",
                "public_key": base64.urlsafe_b64encode(public_bytes(name)).decode().rstrip("="),
                "state": name,
                "is_specimen": True,
                "activated_at": datetime(2026, 1, 1, tzinfo=UTC).isoformat(),
                "retired_at": None,
                "revoked_at": None,
            }
            | {field: moment.isoformat() for field, moment in times.get(name, {}).items()}
            for name in KEY_NAMES[:3]
        ],
        "associations": {"330000": {"zh": "浙江省注册会计师协会", "en": "Zhejiang Institute of CPAs"}},
    }


def status_list(*, number=1, signed_by="active", issued_at=AT - timedelta(minutes=5), standings=STANDINGS) -> bytes:
    from apps.certificates.services.status_lists import FORMAT, MAGIC, SIGNED_AS

    bits = bytearray(SIZE // 4)
    for position, standing in standings.items():
        bits[position >> 2] |= standing << 2 * (position & 3)
    seconds = (int(issued_at.timestamp()), int((issued_at + DAY).timestamp()))
    head = struct.pack(">4sB4sHQQI", MAGIC, FORMAT, bytes.fromhex(key_id(signed_by)), number, *seconds, SIZE)
    return head + bits + private_key(signed_by).sign(SIGNED_AS + head + bits)


def token_bytes(*, signed_by="active", says_key=None, signed_as=None, room=48, **changes) -> bytes:
    from apps.certificates.services.token_layout import CERTIFICATE, SIGNED_AS, TokenText, packed

    said = {
        "key_id": key_id(says_key or signed_by),
        "code": CODE,
        "document": CERTIFICATE,
        "kind": "non_practising",
        "association_code": "330000",
        "admitted_on": date(2024, 5, 6),
        "issued_on": date(2026, 6, 1),
        "list_number": 1,
        "position": 0,
        "number": "332026000001",
        "name": "王芳",
    }
    body = packed(TokenText(**said | changes), room=room)
    return body + private_key(signed_by).sign((SIGNED_AS if signed_as is None else signed_as) + body)


def spelled(raw: bytes) -> str:
    return base64.b32encode(raw).decode().rstrip("=")


def address(raw: bytes, *, code=CODE) -> str:
    return f"https://members.example.org/v/{code}#{spelled(raw)}"


def case(name, qr, verdict, cause="", *, keys="usual", lists=("usual",), at=AT) -> dict:
    if isinstance(qr, bytes):
        qr = address(qr)
    return {
        "name": name,
        "qr": qr,
        "keys": keys,
        "lists": list(lists),
        "at": at.isoformat(),
        "verdict": verdict,
        "cause": cause,
    }


def good_cases() -> Iterator[dict]:
    usual = token_bytes()
    yield case("a common certificate", usual, "valid")
    yield case("the token alone", spelled(usual), "valid")
    yield case("a practising member", token_bytes(kind="practising", number="330000120001", position=5), "valid")
    yield case("a name that is cut", token_bytes(name=LONG_NAME, room=40), "valid")
    yield case("a name of rare characters", token_bytes(name="𡋾𤩽𪚥"), "valid")
    yield case("signed before its key retired", token_bytes(signed_by="retired"), "valid")
    on_the_day = token_bytes(signed_by="retired", issued_on=date(2026, 6, 30))
    yield case("signed on the day on which its key retired", on_the_day, "valid")
    yield case("a letter", token_bytes(document=2), "valid")
    yield case("the newest of two lists counts", usual, "valid", lists=("usual", "old, all revoked"))
    yield case("five minutes before the list ends", usual, "valid", at=AT + DAY - timedelta(minutes=10))
    yield case("a clock that is nine minutes behind", usual, "valid", at=AT - timedelta(minutes=9))
    yield case(
        "a list signed by the retired key in its time", usual, "standing_unknown", "stale_list", lists=("retired",)
    )


def standing_cases() -> Iterator[dict]:
    for position, word in ((10, "suspended"), (20, "superseded"), (30, "revoked")):
        yield case(f"{word}", token_bytes(position=position), word)
        yield case(f"{word}, the list being stale", token_bytes(position=position), word, "stale_list", at=AT + 9 * DAY)
    yield case("a membership that starts tomorrow", token_bytes(admitted_on=date(2026, 12, 1)), "not_yet")
    yield case("the newest of two lists counts, revoked", token_bytes(), "revoked", lists=("usual", "new, all revoked"))


def doubtful_cases() -> Iterator[dict]:
    usual, unknown = token_bytes(), "standing_unknown"
    yield case("no list", usual, unknown, "no_list", lists=())
    yield case("only another list", usual, unknown, "no_list", lists=("second",))
    yield case("a place that the list does not have", token_bytes(position=SIZE), unknown, "no_list")
    yield case("a stale list", usual, unknown, "stale_list", at=AT + DAY)
    yield case("a clock years ahead", usual, unknown, "stale_list", at=AT + 2000 * DAY)
    yield case("a clock years behind", usual, unknown, "clock", at=AT - 2000 * DAY)
    yield case("a clock that is an hour behind", usual, unknown, "clock", at=AT - timedelta(hours=1))
    yield case("issued in the future", token_bytes(issued_on=date(2027, 1, 1)), unknown, "clock")
    yield case("stale keys", usual, unknown, "stale_keys", keys="old")
    todays = token_bytes(signed_by="unknown", issued_on=date(2026, 11, 30))
    yield case(
        "a key newer than the keys at hand, perhaps", todays, "unchecked", "keys_older", at=AT + timedelta(hours=5)
    )
    yield case("the same, with a clock that is behind", todays, "unchecked", "keys_older", at=AT - timedelta(hours=5))
    for name in ("edited", "revoked", "retired, later", "unknown", "signed as a token"):
        yield case(f"a list that is no good: {name}", usual, unknown, "no_list", lists=(name,))


def false_cases() -> Iterator[dict]:
    usual, false = token_bytes(), "not_genuine"
    yield case("another certificate's code", address(usual, code=OTHER_CODE), false, "other_code")
    yield case("another certificate's token", token_bytes(code=OTHER_CODE), false, "other_code")
    yield case("no code in the address", f"https://members.example.org/v/#{spelled(usual)}", false, "other_code")
    yield case("a key that nobody published", token_bytes(signed_by="unknown"), false, "unknown_key")
    yield case(
        "signed by another key than it says", token_bytes(signed_by="unknown", says_key="active"), false, "forged"
    )
    yield case("a revoked key", token_bytes(signed_by="revoked"), false, "revoked_key")
    late = token_bytes(signed_by="retired", issued_on=date(2026, 7, 1))
    yield case("dated after its key retired", late, false, "key_retired_before")
    for name, part in (("without context", b""), ("as a status list", b"CICPA status list 1\n")):
        yield case(f"signed {name}", token_bytes(signed_as=part), false, "forged")
    fields = {"code": 5, "association": 24, "admission": 27, "issue": 29, "place": 34, "number": 40, "name": 50}
    for name, at in fields.items():
        yield case(f"edited: {name}", edited(usual, at), false, "forged")
    yield case("edited: signature", edited(usual, len(usual) - 40), false, "forged")


def edited(raw: bytes, at: int, bit: int = 0) -> bytes:
    changed = bytearray(raw)
    changed[at] ^= 1 << bit
    return bytes(changed)


def unreadable_cases() -> Iterator[dict]:
    usual = spelled(token_bytes())
    broken = {
        "nothing": "",
        "lower case": usual.lower(),
        "cut short": usual[:40],
        "with padding": usual + "=",
        "with a space": usual[:20] + " " + usual[20:],
        "another spelling of the same bytes": usual[:-1] + chr(ord(usual[-1]) + 1),
        "too long": usual * 4,
        "another format": spelled(b"\x02" + token_bytes()[1:]),
        "an unknown kind": spelled(token_bytes()[:22] + b"\x09" + token_bytes()[23:]),
        "a byte too many": spelled(token_bytes() + b"\0"),
        "an address without a token": f"https://members.example.org/v/{CODE}",
        "not base 32": "01890189" * 25,
    }
    for name, text in broken.items():
        qr = text if text.startswith("https:") else f"https://members.example.org/v/{CODE}#{text}"
        yield case(f"unreadable: {name}", qr, "unreadable")


def lists() -> dict[str, bytes]:
    everything = dict.fromkeys(range(SIZE), 3)
    return {
        "usual": status_list(),
        "second": status_list(number=2),
        "old, all revoked": status_list(issued_at=AT - timedelta(hours=3), standings=everything),
        "new, all revoked": status_list(issued_at=AT - timedelta(minutes=1), standings=everything),
        "retired": status_list(signed_by="retired", issued_at=RETIRED_AT - timedelta(hours=1)),
        "retired, later": status_list(signed_by="retired"),
        "revoked": status_list(signed_by="revoked", issued_at=AT - timedelta(minutes=5)),
        "unknown": status_list(signed_by="unknown"),
        "edited": _edited_list(),
        "signed as a token": _signed_as_a_token(),
    }


def _edited_list() -> bytes:
    """A list in which somebody has made a revoked certificate valid again."""
    raw = bytearray(status_list(standings={0: 3}))
    raw[31] = 0
    return bytes(raw)


def _signed_as_a_token() -> bytes:
    from apps.certificates.services.token_layout import SIGNED_AS

    body = status_list()[:-64]
    return body + private_key("active").sign(SIGNED_AS + body)


def vectors() -> dict:
    groups = (good_cases, standing_cases, doubtful_cases, false_cases, unreadable_cases)
    return {
        "format": 1,
        "about": "Status lists are base64. `at` is the moment of the check. An unreadable token's cause is free text.",
        "keys": {"usual": key_document(), "old": key_document(issued_at=AT - 3 * DAY)},
        "lists": {name: base64.b64encode(raw).decode() for name, raw in lists().items()},
        "cases": [each for group in groups for each in group()],
    }


if __name__ == "__main__":
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cicpa_portal.settings")
    django.setup()
    PATH.write_text(json.dumps(vectors(), ensure_ascii=False, indent=1) + "\n")
