"""What lets a sealed PDF be checked for long, added as further revisions that the seals allow.

Validation data (certificates, CRLs, OCSP answers: the DSS) and a time stamp over the whole document. The seals stay
as they are; a file so upgraded is the same document.
"""

import asyncio
import logging
from datetime import datetime
from io import BytesIO

from django.conf import settings
from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, StreamObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigFieldSpec, append_signature_field
from pyhanko.sign.signers import PdfTimeStamper
from pyhanko.sign.validation.dss import DocumentSecurityStore, collect_validation_info
from pyhanko_certvalidator import ValidationContext

from apps.certificates.enums import SealLevel
from apps.certificates.services.revocation import REFUSALS, CertificateRevoked, fetchers, refused
from apps.certificates.services.seal_keys import revocation_lists, stamp_roots
from apps.certificates.services.stamping import ROOM, NoStamp, Stamper

STAMP_FIELD = "DocumentStamp"

logging.getLogger("pyhanko.sign.validation.dss").setLevel(logging.ERROR)
logger = logging.getLogger(__name__)


def lengthened(pdf: bytes, wanted: str, stamper: Stamper, *, now: datetime) -> tuple[bytes, str]:
    """A sealed `pdf` raised towards `wanted` as far as can be had now, and the level that it has."""
    level = SealLevel.STAMPED if stamper.stamped_at else SealLevel.BASIC
    if level == SealLevel.BASIC or wanted == SealLevel.STAMPED:
        return pdf, level
    try:
        pdf = with_validation_data(pdf, now=now)
        level = SealLevel.LONG_TERM
        if wanted == SealLevel.ARCHIVED:
            return with_document_stamp(pdf, stamper), SealLevel.ARCHIVED
    except Exception as failure:  # a level less, and never a document less
        stamper.problem = stamper.problem or _in_words(failure)
        logger.warning("a sealed document stays at level %s: %s", level, stamper.problem)
    return pdf, level


def _in_words(failure: Exception) -> str:
    spoken = isinstance(failure, NoStamp | CertificateRevoked)
    return str(failure) if spoken else f"{type(failure).__name__}: {failure}"[:160]


def repaired(pdf: bytes, wanted: str, stamper: Stamper, *, now: datetime) -> bytes:
    """A sealed `pdf` that lacks its level, and a document time stamp that makes up for it.

    Raises NoStamp, CertificateRevoked.
    """
    if wanted != SealLevel.STAMPED:
        pdf = with_validation_data(pdf, now=now)
    return with_document_stamp(pdf, stamper)


def renewed(pdf: bytes, stamper: Stamper, *, now: datetime) -> bytes:
    """A PDF with a stamp over the whole of it, and one more: over the first and what that needs.

    Raises NoStamp, CertificateRevoked.
    """
    pdf = asyncio.run(_with_validation_data(pdf, now, only_last_stamp=True))
    return with_document_stamp(pdf, stamper)


def with_validation_data(pdf: bytes, *, now: datetime) -> bytes:
    return asyncio.run(_with_validation_data(pdf, now))


def with_document_stamp(pdf: bytes, stamper: Stamper) -> bytes:
    """Raises NoStamp."""
    document = BytesIO(pdf)
    writer = IncrementalPdfFileWriter(document)
    name = f"{STAMP_FIELD}{len(PdfFileReader(BytesIO(pdf)).embedded_timestamp_signatures) + 1}"
    _prepare_field(writer, name)
    stamps = PdfTimeStamper(stamper, field_name=name)
    stamps.timestamp_pdf(writer, "sha256", bytes_reserved=2 * ROOM, in_place=True)
    return document.getvalue()


def _prepare_field(writer: IncrementalPdfFileWriter, name: str) -> None:
    """Nothing is to be seen of a stamp; but PDF/A wants an appearance of every field, if only an empty one."""
    append_signature_field(writer, SigFieldSpec(name))
    field = next(ref.get_object() for ref in writer.root["/AcroForm"]["/Fields"] if ref.get_object()["/T"] == name)
    form = {"/Type": "/XObject", "/Subtype": "/Form"}
    empty = StreamObject({NameObject(key): NameObject(value) for key, value in form.items()}, stream_data=b"")
    empty["/BBox"] = ArrayObject([NumberObject(0)] * 4)
    field["/AP"] = DictionaryObject({NameObject("/N"): writer.add_object(empty)})


async def _with_validation_data(pdf: bytes, now: datetime, *, only_last_stamp: bool = False) -> bytes:
    context, paths = _context(now), []
    signatures = PdfFileReader(BytesIO(pdf)).embedded_signatures
    try:
        for signature in signatures[-1:] if only_last_stamp else signatures:
            paths += await collect_validation_info(signature, context)
    except REFUSALS as failure:
        raise refused(failure) from failure
    document = BytesIO(pdf)
    writer = IncrementalPdfFileWriter(document)
    DocumentSecurityStore.supply_dss_in_writer(writer, None, validation_context=context, paths=paths)
    writer.write_in_place()
    return document.getvalue()


def _context(now: datetime) -> ValidationContext:
    """Where a certificate names lists or a responder, an answer is needed: without one the level is not reached."""
    known = {"trust_roots": stamp_roots(), "crls": revocation_lists(), "revocation_mode": "hard-fail"}
    if settings.SEALS_FETCH_REVOCATION:
        return ValidationContext(allow_fetching=True, fetchers=fetchers(), **known)
    return ValidationContext(allow_fetching=False, moment=now, **known)
