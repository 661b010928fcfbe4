"""Reads the seals of a PDF. For a stranger's file it is run as a program of its own, with hard limits.

    python -I examining.py < frames > answer

The frames, each a length of four bytes and the bytes: the moment in ISO 8601, the PDF, the trusted certificates in
DER. The answer is one JSON object, the fields of `PdfCheck`. The parent takes every other ending for "too heavy".
Nothing of Django is known here.
"""

import asyncio
import hashlib
import io
import json
import logging
import resource
import struct
import sys
from dataclasses import asdict, dataclass
from datetime import datetime

MEMORY = 512 * 1024**2
SECONDS = 8
MOST_PAGES = 12
"""A certificate has one, a letter two."""
MOST_SEALS = 4
"""A file with more signatures is none of ours, and checking them all would be work that a stranger hands us."""

logging.getLogger("pyhanko_certvalidator").setLevel(logging.ERROR)


@dataclass(frozen=True)
class SealCheck:
    """One seal: who set it, and whether the bytes under it are those that were sealed by somebody we trust."""

    signer: str
    intact: bool
    trusted: bool


@dataclass(frozen=True)
class PdfCheck:
    sha256: str
    readable: bool
    seals: tuple[SealCheck, ...] = ()
    whole_file: bool = False
    """The last seal covers the file from its first to its last byte."""
    problem: str = ""
    """A word of `PdfProblem`: why the file was not read, or what no file of ours holds."""

    @property
    def is_intact(self) -> bool:
        return bool(self.seals) and self.whole_file and all(seal.intact for seal in self.seals)

    @property
    def is_trusted(self) -> bool:
        return bool(self.seals) and all(seal.trusted for seal in self.seals)


def check_seals(content: bytes, roots: list, *, now: datetime) -> PdfCheck:
    """Never raises for what a stranger may have put into the file; how long it takes, the caller bounds."""
    from pyhanko.pdf_utils.reader import PdfFileReader

    sha256 = hashlib.sha256(content).hexdigest()
    try:
        signatures = PdfFileReader(io.BytesIO(content)).embedded_regular_signatures[: MOST_SEALS + 1]
        seals = asyncio.run(_check_all(signatures, roots, now))
        whole_file = 0 < len(signatures) <= MOST_SEALS and _covers(signatures[-1], len(content))
    except Exception:  # a parser given a hostile or damaged file raises whatever it likes
        return PdfCheck(sha256, readable=False)
    return PdfCheck(sha256, readable=True, seals=tuple(seals), whole_file=whole_file)


async def _check_all(signatures, roots: list, now: datetime) -> list[SealCheck]:
    from pyhanko_certvalidator import ValidationContext

    context = ValidationContext(trust_roots=roots, allow_fetching=False, revocation_mode="soft-fail", moment=now)
    return [await _check(signature, context) for signature in signatures]


async def _check(signature, context) -> SealCheck:
    from pyhanko.sign.validation import async_validate_pdf_signature

    status = await async_validate_pdf_signature(signature, context)
    return SealCheck(
        signer=str(status.signing_cert.subject.native.get("common_name", "")),
        intact=status.intact and status.valid and status.docmdp_ok is not False,
        trusted=status.trusted,
    )


def _covers(signature, size: int) -> bool:
    first, length, second, rest = (int(number) for number in signature.byte_range)
    gap = second - length
    return first == 0 and second + rest == size and gap == len(signature.pkcs7_content) * 2 + 2


def outside(content: bytes) -> str:
    """What can be said of a file before its seals are read, by a parser that forgives more and costs less."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(content)) as document:
            return _oddity(document)
    except pikepdf.PasswordError:
        return "encrypted"
    except MemoryError:
        raise
    except Exception:  # as above; the reading of the seals says the rest
        return ""


def _oddity(document) -> str:
    if document.is_encrypted:
        return "encrypted"
    if int(document.Root.Pages.get("/Count", 0)) > MOST_PAGES:
        return "too_many_pages"
    if "/XFA" in document.Root.get("/AcroForm", {}):
        return "form"
    if {"/OpenAction", "/AA"} & set(document.Root.keys()) or "/JavaScript" in document.Root.get("/Names", {}):
        return "script"
    return ""


def main() -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    moment, content, *roots = _frames(sys.stdin.buffer.read())
    try:
        found = _examined(content, roots, now=datetime.fromisoformat(moment.decode()))
    except (MemoryError, RecursionError):
        return 3
    json.dump(asdict(found), sys.stdout)
    return 0


def _examined(content: bytes, roots: list[bytes], *, now: datetime) -> PdfCheck:
    from asn1crypto import x509

    problem = outside(content)
    if problem in {"encrypted", "too_many_pages"}:
        return PdfCheck("", readable=False, problem=problem)
    check = check_seals(content, [x509.Certificate.load(root) for root in roots], now=now)
    return PdfCheck("", check.readable, check.seals, check.whole_file, problem)


def _frames(stream: bytes) -> list[bytes]:
    frames, place = [], 0
    while place < len(stream):
        (length,) = struct.unpack_from(">I", stream, place)
        frames.append(stream[place + 4 : place + 4 + length])
        place += 4 + length
    return frames


if __name__ == "__main__":
    sys.exit(main())
