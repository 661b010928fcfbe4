"""The token in the QR, byte by byte. verify/README.md publishes this layout; a change is a new format version."""

import base64
import hashlib
import struct
import unicodedata
from dataclasses import dataclass
from datetime import date

from apps.certificates.enums import CODE_ALPHABET

FORMAT = 1
SIGNED_AS = b"CICPA token 1\n"
"""Stands before what is signed, so that no other signature of the same key can pass for a token's."""
DAY_ZERO = date(1900, 1, 1)
CERTIFICATE, LETTER = 1, 2
KINDS = {"practising": 1, "non_practising": 2}
NAME_BYTES = 48
"""A name up to this length stands whole, if the QR has room; of a longer one the beginning and a hash of all of it."""
NAME_HASH_BYTES = 8
NAME_IS_CUT = 0x80
SHORTEST_NAME_BYTES = 24
FIXED_BYTES = 35 + 2 + 64
"""Everything but number and name: the head, their two lengths, the signature."""
QR_BITS = 254 * 8
"""Of a QR of version 11 at level M."""
QR_SEGMENT_HEADS = 4 + 16 + 4 + 11


@dataclass(frozen=True)
class TokenText:
    """What a token says, before it is signed."""

    key_id: str
    code: str
    document: int
    kind: str
    association_code: str
    admitted_on: date
    issued_on: date
    list_number: int
    position: int
    number: str
    name: str


def packed(text: TokenText, *, room: int = NAME_BYTES) -> bytes:
    """Big-endian, without the signature. `room`: bytes for the name."""
    head = struct.pack(
        ">B4s16sBB3sHHH3s",
        FORMAT,
        bytes.fromhex(text.key_id),
        code_bytes(text.code),
        text.document,
        KINDS[text.kind],
        int(text.association_code).to_bytes(3, "big"),
        (text.admitted_on - DAY_ZERO).days,
        (text.issued_on - DAY_ZERO).days,
        text.list_number,
        text.position.to_bytes(3, "big"),
    )
    number = text.number.encode("ascii")
    return head + bytes([len(number)]) + number + _packed_name(text.name, room)


def to_sign(body: bytes) -> bytes:
    return SIGNED_AS + body


def spelled(token: bytes) -> str:
    """Base 32: the alphabet of a QR's alphanumeric segments, and of an address."""
    return base64.b32encode(token).decode().rstrip("=")


def code_bytes(code: str) -> bytes:
    number = 0
    for letter in code:
        number = number << 5 | CODE_ALPHABET.index(letter)
    return number.to_bytes(16, "big")


def name_room(address: str, number: str) -> int:
    """How many bytes a name may take so that the QR of `address`, all in front of the token, stays at version 11."""
    bits = QR_BITS - QR_SEGMENT_HEADS - 8 * len(address)
    token_bytes = int(bits / 5.5) * 5 // 8
    return max(SHORTEST_NAME_BYTES, min(NAME_BYTES, token_bytes - FIXED_BYTES - len(number)))


def _packed_name(name: str, room: int) -> bytes:
    whole = unicodedata.normalize("NFC", name).encode()
    if len(whole) <= room:
        return bytes([len(whole)]) + whole
    start = whole[: room - NAME_HASH_BYTES].decode(errors="ignore").encode()
    return bytes([len(start) | NAME_IS_CUT]) + start + hashlib.sha256(whole).digest()[:NAME_HASH_BYTES]
