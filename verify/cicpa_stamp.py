#!/usr/bin/env python3
"""Checks that a PDF of the CICPA existed at a time, by the time stamp that it shares with others. Needs no portal.

    cicpa_stamp.py certificate.pdf certificate.stamp.json stamp-roots.pem

Python 3.11 and the program `openssl` (3.0 or later), nothing else. README.md beside this file describes the format.
Exit codes: 0 it existed then; 3 the evidence does not prove it; 4 something cannot be read.
"""

import argparse
import base64
import hashlib
import json
import struct
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

FORMAT = 1
STAMPED_AS = b"CICPA shared stamp 1\n"
RENEWED_AS = b"CICPA renewed stamp 1\n"
HASH_BYTES = 32


class Unreadable(ValueError):
    """This is no evidence of a format that we know."""


class NotProven(Exception):
    """The evidence is readable, and does not prove it; the text says where it fails."""


def root_by_path(entry: bytes, position: int, size: int, siblings: list[bytes]) -> bytes:
    """Up the tree of RFC 6962: a leaf is hashed behind a byte 0, a node behind a byte 1. Raises NotProven."""
    if not 0 <= position < size or any(len(sibling) != HASH_BYTES for sibling in siblings):
        raise NotProven("the path is not one of such a tree")
    found, rest = hashlib.sha256(b"\0" + entry).digest(), list(siblings)
    while size > 1:
        if position ^ 1 < size:
            if not rest:
                raise NotProven("the path is too short")
            pair = rest.pop(0) + found if position & 1 else found + rest.pop(0)
            found = hashlib.sha256(b"\1" + pair).digest()
        position, size = position // 2, (size + 1) // 2
    if rest:
        raise NotProven("the path is too long")
    return found


def stamped_text(root: bytes, size: int, tokens: list[bytes]) -> bytes:
    """What the stamp that follows these stamps the SHA-256 of."""
    first = STAMPED_AS + struct.pack(">Q", size) + root
    hashes = [hashlib.sha256(part).digest() for part in (first, *tokens)]
    return RENEWED_AS + b"".join(hashes) if tokens else first


def check(content: bytes, evidence: dict, roots: Path, *, now: datetime) -> datetime:
    """Since when the file existed for sure. Raises NotProven, Unreadable.

    Each stamp is judged as of the time of the one after it, the last one as of now.
    """
    try:
        if evidence["format"] != FORMAT:
            raise Unreadable("evidence of another format")
        size, position = int(evidence["size"]), int(evidence["position"])
        siblings = [bytes.fromhex(sibling) for sibling in evidence["siblings"]]
        tokens = [base64.b64decode(stamp["token"], validate=True) for stamp in evidence["stamps"]]
    except (KeyError, TypeError, ValueError) as error:
        raise Unreadable(f"not the evidence of a shared stamp: {error}") from error
    root = root_by_path(hashlib.sha256(content).digest(), position, size, siblings)
    if not tokens:
        raise NotProven("there is no stamp yet")
    moment = now
    for number in range(len(tokens) - 1, -1, -1):
        moment = _checked_by_openssl(tokens[number], stamped_text(root, size, tokens[:number]), roots, as_of=moment)
    return moment


def _checked_by_openssl(token: bytes, text: bytes, roots: Path, *, as_of: datetime) -> datetime:
    """The time in a stamp over exactly this text, of an authority that the roots vouch for."""
    with tempfile.TemporaryDirectory() as folder:
        stamp, data = Path(folder, "stamp.der"), Path(folder, "stamped.bin")
        stamp.write_bytes(token)
        data.write_bytes(text)
        asked = ["-verify", "-data", str(data), "-in", str(stamp), "-token_in", "-CAfile", str(roots)]
        said = _openssl(*asked, "-attime", str(int(as_of.timestamp())))
        if said.returncode != 0:
            raise NotProven(f"openssl does not accept a stamp: {' '.join(said.stderr.split())[-200:]}")
        time = _time_in(_openssl("-reply", "-in", str(stamp), "-token_in", "-text").stdout)
    if time > as_of:
        raise NotProven("a stamp is later than the one that covers it, or than now")
    return time


def _openssl(*arguments: str) -> subprocess.CompletedProcess:
    return subprocess.run(["openssl", "ts", *arguments], capture_output=True, text=True, check=False)


def _time_in(text: str) -> datetime:
    line = next(line for line in text.splitlines() if line.startswith("Time stamp: "))
    words = line.removeprefix("Time stamp: ").removesuffix(" GMT").split()
    words[2] = words[2].partition(".")[0]
    return datetime.strptime(" ".join(words), "%b %d %H:%M:%S %Y").replace(tzinfo=UTC)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pdf", type=Path, help="the file as it was downloaded; of two versions the first")
    parser.add_argument("evidence", type=Path, help="from https://…/verify/evidence/<SHA-256 of the file>.json")
    parser.add_argument("roots", type=Path, help="PEM: whom you trust for time stamps")
    parser.add_argument("--at", metavar="TIME", help="the moment of the check in ISO format, instead of now")
    options = parser.parse_args(arguments)
    now = datetime.fromisoformat(options.at).astimezone(UTC) if options.at else datetime.now(UTC)
    try:
        evidence = json.loads(options.evidence.read_bytes())
        existed_at = check(options.pdf.read_bytes(), evidence, options.roots, now=now)
    except NotProven as reason:
        print(f"NOT PROVEN\n  {reason}")
        return 3
    except (OSError, ValueError) as error:
        print(f"cannot be read: {error}", file=sys.stderr)
        return 4
    print(f"EXISTED\n  at: {existed_at.isoformat()}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
