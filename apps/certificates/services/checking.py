"""What a PDF that somebody holds is worth: are its seals whole, are they ours, and is it the file that was issued?

`pdfsig` accepts a page changed after sealing, and pyHanko accepts bytes after the end: so a file counts only where the
last seal covers every byte, and in the end where its SHA-256 is that of a file we stored.
"""

import asyncio
import hashlib
import logging
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko_certvalidator import ValidationContext

from apps.certificates.services.seal_keys import trust_roots

logging.getLogger("pyhanko_certvalidator").setLevel(logging.ERROR)

MOST_SEALS = 4
"""A file with more signatures is none of ours, and checking them all would be work that a stranger hands us."""


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

    @property
    def is_intact(self) -> bool:
        return bool(self.seals) and self.whole_file and all(seal.intact for seal in self.seals)

    @property
    def is_trusted(self) -> bool:
        return bool(self.seals) and all(seal.trusted for seal in self.seals)


def check_pdf(content: bytes, *, now: datetime) -> PdfCheck:
    """Never raises for what a stranger may have put into the file."""
    sha256 = hashlib.sha256(content).hexdigest()
    try:
        signatures = PdfFileReader(BytesIO(content)).embedded_regular_signatures[: MOST_SEALS + 1]
        seals = asyncio.run(_check_all(signatures, now))
        whole_file = 0 < len(signatures) <= MOST_SEALS and _covers(signatures[-1], len(content))
    except Exception:  # a parser given a hostile or damaged file raises whatever it likes
        return PdfCheck(sha256, readable=False)
    return PdfCheck(sha256, readable=True, seals=tuple(seals), whole_file=whole_file)


async def _check_all(signatures: list[EmbeddedPdfSignature], now: datetime) -> list[SealCheck]:
    context = ValidationContext(
        trust_roots=trust_roots(), allow_fetching=False, revocation_mode="soft-fail", moment=now
    )
    return [await _check(signature, context) for signature in signatures]


async def _check(signature: EmbeddedPdfSignature, context: ValidationContext) -> SealCheck:
    status = await async_validate_pdf_signature(signature, context)
    return SealCheck(
        signer=str(status.signing_cert.subject.native.get("common_name", "")),
        intact=status.intact and status.valid and status.docmdp_ok is not False,
        trusted=status.trusted,
    )


def _covers(signature: EmbeddedPdfSignature, size: int) -> bool:
    first, length, second, rest = (int(number) for number in signature.byte_range)
    gap = second - length
    return first == 0 and second + rest == size and gap == len(signature.pkcs7_content) * 2 + 2
