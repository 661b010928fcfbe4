#!/usr/bin/env python3
"""Checks the QR of a CICPA member certificate without the portal. Needs Python 3.11 and the package `cryptography`.

    cicpa_verify.py --keys keys.json --lists status-1 [status-2 …] 'https://…/v/CODE#TOKEN'
    cicpa_verify.py --fetch https://members.example.org 'https://…/v/CODE#TOKEN'
    cicpa_verify.py --keys keys.json --lists status-* --bulk qr-texts.txt

README.md beside this file describes the format, the verdicts and the exit codes.
"""

import argparse
import base64
import binascii
import gzip
import hashlib
import json
import re
import struct
import sys
import unicodedata
import urllib.error
import urllib.request
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

FORMAT = 1
TOKEN_SIGNED_AS = b"CICPA token 1\n"
LIST_SIGNED_AS = b"CICPA status list 1\n"
LIST_MAGIC = b"CPSL"
HEAD = struct.Struct(">B4s16sBB3sHHH3s")
LIST_HEAD = struct.Struct(">4sB4sHQQI")
SIGNATURE_BYTES = 64
LONGEST_TOKEN = 400
CODE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
DAY_ZERO = date(1900, 1, 1)
DOCUMENTS = {1: "certificate", 2: "letter"}
KINDS = {1: "practising", 2: "non_practising"}
STANDINGS = ("valid", "suspended", "superseded", "revoked")
BEIJING = timezone(timedelta(hours=8))
CLOCK_TOLERANCE = timedelta(minutes=10)

EXIT_CODES = {
    "valid": 0,
    "not_yet": 1,
    "suspended": 1,
    "superseded": 1,
    "revoked": 1,
    "standing_unknown": 2,
    "unchecked": 2,
    "not_genuine": 3,
    "unreadable": 4,
}


UNPROVEN = {"unchecked", "not_genuine", "unreadable"}
"""What the token says is nothing that anybody vouches for: it is not shown."""


class Unreadable(ValueError):
    """These bytes are no token, key document or status list of a format that we know."""


@dataclass(frozen=True)
class Token:
    key_id: str
    code: str
    document: str
    kind: str
    association_code: str
    admitted_on: date
    issued_on: date
    list_number: int
    position: int
    number: str
    name: str
    name_hash: bytes = b""
    """Of the whole name, where `name` is only its beginning."""
    body: bytes = field(default=b"", repr=False)
    signature: bytes = field(default=b"", repr=False)


@dataclass(frozen=True)
class Key:
    public_key: Ed25519PublicKey
    state: str
    retired_at: datetime | None


@dataclass(frozen=True)
class Keys:
    """The published keys, as /verify/keys.json gives them."""

    by_id: dict[str, Key]
    issued_at: datetime
    next_update: datetime


@dataclass(frozen=True)
class StatusList:
    number: int
    issued_at: datetime
    next_update: datetime
    size: int
    key_id: str
    bits: bytes = field(repr=False)
    signed: bytes = field(repr=False)
    signature: bytes = field(repr=False)

    def standing(self, position: int) -> str:
        return STANDINGS[self.bits[position >> 2] >> 2 * (position & 3) & 3]


@dataclass(frozen=True)
class Verdict:
    word: str
    cause: str = ""
    token: Token | None = None
    list_issued_at: datetime | None = None


def read_token(text: str) -> Token:
    """Takes a token apart. Says nothing about its signature. Raises Unreadable."""
    raw = _bytes_of(text)
    if len(raw) < HEAD.size + 2 + SIGNATURE_BYTES or raw[0] != FORMAT:
        raise Unreadable("not a token of format 1")
    body, signature = raw[:-SIGNATURE_BYTES], raw[-SIGNATURE_BYTES:]
    _format, key_id, code, document, kind, association, admitted, issued, number, position = HEAD.unpack_from(body)
    member_number, name, name_hash = _texts(body[HEAD.size :])
    if document not in DOCUMENTS or kind not in KINDS:
        raise Unreadable("a document that this program does not know")
    return Token(
        key_id=key_id.hex(),
        code=_code(code),
        document=DOCUMENTS[document],
        kind=KINDS[kind],
        association_code=f"{int.from_bytes(association, 'big'):06}",
        admitted_on=DAY_ZERO + timedelta(admitted),
        issued_on=DAY_ZERO + timedelta(issued),
        list_number=number,
        position=int.from_bytes(position, "big"),
        number=member_number,
        name=name,
        name_hash=name_hash,
        body=body,
        signature=signature,
    )


def _bytes_of(text: str) -> bytes:
    """Only the one spelling that the portal gives is taken: whoever changes a letter changes the token."""
    if len(text) > LONGEST_TOKEN or not text.isascii():
        raise Unreadable("not base 32")
    try:
        raw = base64.b32decode(text + "=" * (-len(text) % 8))
    except binascii.Error as error:
        raise Unreadable("not base 32") from error
    if base64.b32encode(raw).decode().rstrip("=") != text:
        raise Unreadable("not the canonical base 32")
    return raw


def _texts(rest: bytes) -> tuple[str, str, bytes]:
    """Number, name, and the hash of the whole name where it is cut. They fill `rest` exactly."""
    try:
        number_end = 1 + rest[0]
        cut, length = rest[number_end] >> 7, rest[number_end] & 0x7F
        name_end = number_end + 1 + length
        number, name = rest[1:number_end].decode("ascii"), rest[number_end + 1 : name_end].decode()
    except (IndexError, UnicodeDecodeError) as error:
        raise Unreadable("number or name cannot be read") from error
    if len(rest) != name_end + 8 * cut:
        raise Unreadable("the length does not fit")
    return number, name, rest[name_end:]


def _code(raw: bytes) -> str:
    number = int.from_bytes(raw, "big")
    return "".join(CODE_ALPHABET[number >> shift & 31] for shift in range(125, -1, -5))


def read_keys(text: str | bytes) -> Keys:
    """Raises Unreadable."""
    try:
        document = json.loads(text)
        if document["format"] != FORMAT:
            raise Unreadable("keys of another format")
        rows = {row["key_id"]: _key(row) for row in document["token_keys"] if row["algorithm"] == "Ed25519"}
        return Keys(rows, _moment(document["issued_at"]), _moment(document["next_update"]))
    except (KeyError, TypeError, ValueError) as error:
        raise Unreadable(f"not a document of keys: {error}") from error


def _key(row: dict) -> Key:
    raw = base64.urlsafe_b64decode(row["public_key"] + "==")
    if hashlib.sha256(raw).hexdigest()[:8] != row["key_id"] or row["state"] not in {"active", "retired", "revoked"}:
        raise ValueError("a key that is not what its id says")
    retired_at = row.get("retired_at")
    return Key(Ed25519PublicKey.from_public_bytes(raw), row["state"], _moment(retired_at) if retired_at else None)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def read_status_list(raw: bytes) -> StatusList:
    """From the file as served, compressed or not. Says nothing about its signature. Raises Unreadable."""
    try:
        if raw[:2] == b"\x1f\x8b":
            raw = gzip.decompress(raw)
        magic, version, key_id, number, issued, update, size = LIST_HEAD.unpack_from(raw)
        issued_at, next_update = (datetime.fromtimestamp(seconds, UTC) for seconds in (issued, update))
    except (struct.error, OSError, EOFError, OverflowError, ValueError) as error:
        raise Unreadable("not a status list") from error
    signed, signature = raw[:-SIGNATURE_BYTES], raw[-SIGNATURE_BYTES:]
    bits = signed[LIST_HEAD.size :]
    if magic != LIST_MAGIC or version != FORMAT or size % 4 or len(bits) * 4 != size:
        raise Unreadable("not a status list of format 1")
    return StatusList(number, issued_at, next_update, size, key_id.hex(), bits, signed, signature)


def check(text: str, keys: Keys, lists: dict[int, StatusList], *, now: datetime) -> Verdict:
    """The verdict on what a camera read: an address with a token behind its `#`, or a token alone.

    `lists` holds status lists by number, as `trusted_lists` gives them.
    """
    code, token_text = split_qr_text(text)
    try:
        token = read_token(token_text)
    except Unreadable as error:
        return Verdict("unreadable", str(error))
    if _is_newer_than(keys, token, now):
        return Verdict("unchecked", "keys_older", token)
    if cause := _not_genuine(token, code, keys):
        return Verdict("not_genuine", cause, token)
    return replace(_standing(token, keys, lists, now), token=token)


def split_qr_text(text: str) -> tuple[str | None, str]:
    """The code of the address, None where there is only a token; and the token."""
    page, hash_sign, token = text.strip().rpartition("#")
    return (page.rstrip("/").rpartition("/")[2] if hash_sign else None), token


def _is_newer_than(keys: Keys, token: Token, now: datetime) -> bool:
    """Whether its key may have been published after these keys: then they cannot tell. Fresh ones know every key."""
    if token.key_id in keys.by_id or timedelta(0) <= now - keys.issued_at <= CLOCK_TOLERANCE:
        return False
    return token.issued_on >= keys.issued_at.astimezone(BEIJING).date()


def _not_genuine(token: Token, code: str | None, keys: Keys) -> str:
    """Why this is not what the association signed; empty where it is."""
    key = keys.by_id.get(token.key_id)
    if key is None:
        return "unknown_key"
    if key.state == "revoked":
        return "revoked_key"
    try:
        key.public_key.verify(token.signature, TOKEN_SIGNED_AS + token.body)
    except InvalidSignature:
        return "forged"
    if code is not None and code != token.code:
        return "other_code"
    if key.retired_at and token.issued_on > key.retired_at.astimezone(BEIJING).date():
        return "key_retired_before"
    return ""


def _standing(token: Token, keys: Keys, lists: dict[int, StatusList], now: datetime) -> Verdict:
    """What the newest status list says. "valid" only where nothing about lists, keys and clock is in doubt."""
    status_list = lists.get(token.list_number)
    if status_list is None or token.position >= status_list.size:
        return Verdict("standing_unknown", "no_list")
    standing, issued_at = status_list.standing(token.position), status_list.issued_at
    if standing != "valid":
        return Verdict(standing, _doubt(token, keys, status_list, now), list_issued_at=issued_at)
    if doubt := _doubt(token, keys, status_list, now):
        return Verdict("standing_unknown", doubt, list_issued_at=issued_at)
    today = now.astimezone(BEIJING).date()
    return Verdict("valid" if token.admitted_on <= today else "not_yet", list_issued_at=issued_at)


def _doubt(token: Token, keys: Keys, status_list: StatusList, now: datetime) -> str:
    soon = now + CLOCK_TOLERANCE
    if max(status_list.issued_at, keys.issued_at) > soon or token.issued_on > soon.astimezone(BEIJING).date():
        return "clock"
    if now >= status_list.next_update:
        return "stale_list"
    return "stale_keys" if now >= keys.next_update else ""


def trusted_lists(status_lists: list[StatusList], keys: Keys) -> dict[int, StatusList]:
    """The newest of each number, of those whose signature holds."""
    trusted: dict[int, StatusList] = {}
    for each in sorted(status_lists, key=lambda status_list: status_list.issued_at):
        if list_is_genuine(each, keys):
            trusted[each.number] = each
    return trusted


def list_is_genuine(status_list: StatusList, keys: Keys) -> bool:
    """Signed by a published key that was in use on that moment."""
    key = keys.by_id.get(status_list.key_id)
    if key is None or key.state == "revoked" or (key.retired_at and status_list.issued_at > key.retired_at):
        return False
    try:
        key.public_key.verify(status_list.signature, LIST_SIGNED_AS + status_list.signed)
    except InvalidSignature:
        return False
    return True


def name_matches(token: Token, name: str) -> bool:
    """Whether this is the name of the token, also where the token has room for its beginning only."""
    whole = unicodedata.normalize("NFC", name)
    if not token.name_hash:
        return whole == token.name
    return whole.startswith(token.name) and hashlib.sha256(whole.encode()).digest()[:8] == token.name_hash


def main(arguments: list[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    now = datetime.fromisoformat(options.at).astimezone(UTC) if options.at else datetime.now(UTC)
    texts = _texts_to_check(options)
    try:
        keys, lists = _published(options, texts)
    except (OSError, Unreadable) as error:
        print(f"cannot read the published keys or lists: {error}", file=sys.stderr)
        return 4
    worst = 0
    for text in texts:
        verdict = check(text, keys, lists, now=now)
        verdict = _with_name(verdict, options.name)
        print(json.dumps(_described(verdict), ensure_ascii=False) if options.json or options.bulk else _told(verdict))
        worst = max(worst, EXIT_CODES[verdict.word])
    return worst


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("text", nargs="?", help="what the QR holds, or the token alone; - for standard input")
    parser.add_argument("--keys", type=Path, help="the published keys, a copy of /verify/keys.json")
    parser.add_argument("--lists", type=Path, nargs="*", default=[], help="status lists, copies of /verify/status/<n>")
    parser.add_argument("--fetch", metavar="ADDRESS", help="the portal to ask for keys and lists instead")
    parser.add_argument("--bulk", type=Path, help="a file with one QR text or token a line; answers with JSON lines")
    parser.add_argument("--name", help="the full name on the paper, compared with the token's")
    parser.add_argument("--at", metavar="TIME", help="the moment of the check in ISO format, instead of now")
    parser.add_argument("--json", action="store_true", help="one JSON line instead of sentences")
    return parser


def _texts_to_check(options) -> list[str]:
    if options.bulk:
        return [line for line in options.bulk.read_text().splitlines() if line.strip()]
    text = sys.stdin.read() if options.text in (None, "-") else options.text
    return [text]


def _published(options, texts: list[str]) -> tuple[Keys, dict[int, StatusList]]:
    if options.fetch:
        root = options.fetch.rstrip("/")
        keys = read_keys(_fetched(f"{root}/verify/keys.json"))
        numbers = {token.list_number for text in texts if (token := _readable(text))}
        files = [_fetched(f"{root}/verify/status/{number}") for number in sorted(numbers)]
    elif options.keys:
        keys = read_keys(options.keys.read_bytes())
        files = [path.read_bytes() for path in options.lists]
    else:
        raise Unreadable("give --keys or --fetch")
    return keys, trusted_lists([read_status_list(raw) for raw in files if raw], keys)


def _fetched(address: str) -> bytes:
    """Nothing of the token goes out: keys and whole lists come in. Empty where there is no such list."""
    if not re.match(r"https?://", address):
        raise Unreadable(f"not a web address: {address}")
    try:
        with urllib.request.urlopen(address, timeout=20) as answer:
            return answer.read()
    except urllib.error.HTTPError as error:
        if error.code == 404:
            return b""
        raise


def _readable(text: str) -> Token | None:
    try:
        return read_token(split_qr_text(text)[1])
    except Unreadable:
        return None


def _with_name(verdict: Verdict, name: str | None) -> Verdict:
    if name and verdict.token and verdict.word not in UNPROVEN and not name_matches(verdict.token, name):
        return replace(verdict, word="not_genuine", cause="other_name")
    return verdict


def _described(verdict: Verdict) -> dict:
    described = {"verdict": verdict.word, "cause": verdict.cause}
    if verdict.list_issued_at:
        described["list_issued_at"] = verdict.list_issued_at.isoformat()
    token = verdict.token
    if token and verdict.word not in UNPROVEN:
        described |= {
            "code": token.code,
            "document": token.document,
            "name": token.name + ("…" if token.name_hash else ""),
            "number": token.number,
            "kind": token.kind,
            "association": token.association_code,
            "admitted_on": token.admitted_on.isoformat(),
            "issued_on": token.issued_on.isoformat(),
        }
    return described


def _told(verdict: Verdict) -> str:
    described = _described(verdict)
    word, cause = described.pop("verdict").replace("_", " ").upper(), described.pop("cause")
    lines = [f"{word} ({cause.replace('_', ' ')})" if cause else word]
    return "\n".join([*lines, *(f"  {name.replace('_', ' ')}: {value}" for name, value in described.items())])


if __name__ == "__main__":
    sys.exit(main())
