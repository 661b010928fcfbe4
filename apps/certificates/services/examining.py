"""Reads the seals of a PDF. For a stranger's file it is run as a program of its own, with hard limits.

    python -I examining.py < frames > answer

The frames, each a length of four bytes and the bytes: the moment in ISO 8601, the PDF, the certificates in DER that are
trusted for seals, an empty one, those trusted for time stamps. The answer is one JSON object, the fields of `PdfCheck`.
The parent takes every other ending for "too heavy". Nothing of Django is known here.
"""

import asyncio
import hashlib
import io
import json
import logging
import resource
import struct
import sys
from dataclasses import asdict, dataclass, replace
from datetime import datetime

MEMORY = 512 * 1024**2
SECONDS = 8
MOST_PAGES = 12
"""A certificate has one, a letter two."""
MOST_SIGNATURES = 12
"""Two seals, and stamps over the whole document that are renewed once in many years. A file with more is none of ours,
and checking them all would be work that a stranger hands us."""

logging.getLogger("pyhanko_certvalidator").setLevel(logging.ERROR)


@dataclass(frozen=True)
class SealCheck:
    """One seal: who set it, and whether the bytes under it are those that were sealed by somebody we trust."""

    signer: str
    intact: bool
    trusted: bool
    key_id: str = ""
    """As in the register of seal keys."""


@dataclass(frozen=True)
class PdfCheck:
    sha256: str
    readable: bool
    seals: tuple[SealCheck, ...] = ()
    whole_file: bool = False
    """The last seal, or a stamp over the document after it, covers the file from its first to its last byte."""
    stamped_at: str = ""
    """When the seals existed for sure (ISO 8601), by the earliest stamp that we trust."""
    problem: str = ""
    """A word of `PdfProblem`: why the file was not read, or what no file of ours holds."""

    @property
    def is_intact(self) -> bool:
        return bool(self.seals) and self.whole_file and all(seal.intact for seal in self.seals)

    @property
    def is_trusted(self) -> bool:
        return bool(self.seals) and all(seal.trusted for seal in self.seals)


def check_seals(
    content: bytes, roots: list, stamp_roots: list, *, now: datetime, sealed_at: datetime | None = None
) -> PdfCheck:
    """Never raises for what a stranger may have put into the file; how long it takes, the caller bounds.

    The seals' chains are judged as of the file's own time stamp, else of `sealed_at`, else now: so an old file
    outlives the certificate of its key.
    """
    from pyhanko.pdf_utils.reader import PdfFileReader

    sha256 = hashlib.sha256(content).hexdigest()
    try:
        every = PdfFileReader(io.BytesIO(content)).embedded_signatures[: MOST_SIGNATURES + 1]
        stamped_at = asyncio.run(_stamped_at(every, stamp_roots, now))
        seals = asyncio.run(_check_all(every, roots, stamped_at or sealed_at or now))
        whole_file = 0 < len(every) <= MOST_SIGNATURES and _covers(every[-1], len(content))
    except Exception:  # a parser given a hostile or damaged file raises whatever it likes
        return PdfCheck(sha256, readable=False)
    return PdfCheck(sha256, True, tuple(seals), whole_file, stamped_at.isoformat() if stamped_at else "")


async def _stamped_at(signatures, roots: list, now: datetime) -> datetime | None:
    """By a seal's own stamp, or one over the whole document. Raises ValueError for a stamp that was tampered with.

    From the last one backwards: a stamp that we trust shows that all before it was there at its time, so an earlier
    one is judged as of then and outlives the certificate of its authority.
    """
    moment, found = now, []
    for signature in reversed(signatures):
        said = await _stamp_of(signature, _context(roots, moment))
        if said is not None and not (said.intact and said.valid):
            raise ValueError("a stamp is broken")
        if said is not None and said.trusted:
            found.append(said.timestamp)
            moment = min(moment, said.timestamp) if _covers_its_revision(signature) else moment
    return min(found, default=None)


async def _stamp_of(signature, context):
    from pyhanko.sign.validation import async_validate_pdf_timestamp
    from pyhanko.sign.validation.generic_cms import collect_timing_info

    if _is_stamp(signature):
        return await async_validate_pdf_timestamp(signature, context)
    timing = await collect_timing_info(signature.signer_info, context, lambda algorithm: b"")
    return timing.get("timestamp_validity")


async def _check_all(signatures, roots: list, moment: datetime) -> list[SealCheck]:
    context = _context(roots, moment)
    return [await _check(signature, context) for signature in signatures if not _is_stamp(signature)]


async def _check(signature, context) -> SealCheck:
    from pyhanko.sign.validation import async_validate_pdf_signature

    status = await async_validate_pdf_signature(signature, context)
    return SealCheck(
        signer=str(status.signing_cert.subject.native.get("common_name", "")),
        intact=status.intact and status.valid and status.docmdp_ok is not False,
        trusted=status.trusted,
        key_id=status.signing_cert.sha256.hex(),
    )


def _is_stamp(signature) -> bool:
    return signature.sig_object_type == "/DocTimeStamp"


def _context(roots: list, moment: datetime):
    from pyhanko_certvalidator import ValidationContext

    return ValidationContext(trust_roots=roots, allow_fetching=False, revocation_mode="soft-fail", moment=moment)


def _covers_its_revision(signature) -> bool:
    """Whether it is a stamp over every byte from the first to the end of its own revision."""
    _first, _length, second, rest = (int(number) for number in signature.byte_range)
    return _is_stamp(signature) and _covers(signature, second + rest)


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
    between = roots.index(b"")
    try:
        found = _examined(content, roots[:between], roots[between + 1 :], now=datetime.fromisoformat(moment.decode()))
    except (MemoryError, RecursionError):
        return 3
    json.dump(asdict(found), sys.stdout)
    return 0


def _examined(content: bytes, roots: list[bytes], stamp_roots: list[bytes], *, now: datetime) -> PdfCheck:
    from asn1crypto import x509

    problem = outside(content)
    if problem in {"encrypted", "too_many_pages"}:
        return PdfCheck("", readable=False, problem=problem)
    seals, stamps = ([x509.Certificate.load(root) for root in some] for some in (roots, stamp_roots))
    return replace(check_seals(content, seals, stamps, now=now), sha256="", problem=problem)


def _frames(stream: bytes) -> list[bytes]:
    frames, place = [], 0
    while place < len(stream):
        (length,) = struct.unpack_from(">I", stream, place)
        frames.append(stream[place + 4 : place + 4 + length])
        place += 4 + length
    return frames


if __name__ == "__main__":
    sys.exit(main())
