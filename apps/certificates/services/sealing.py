"""Sealing a PDF: the one place that signs with pyHanko.

Each seal is a PAdES signature in a revision of its own. The first certifies the document and allows nothing but the
fields that are already there to be signed, and time stamps; so both fields are made before it. The last seal carries
the time stamp, where one is wanted and to be had.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from io import BytesIO

from pyhanko.pdf_utils.content import RawContent
from pyhanko.pdf_utils.generic import StreamObject, TextStringObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.pdf_utils.writer import PageObject, PdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter, append_signature_field
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, Signer
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

from apps.certificates.services.cms_template import CmsTemplate
from apps.certificates.services.seal_keys import SealKey
from apps.certificates.services.stamping import ROOM as STAMP_ROOM
from apps.certificates.services.stamping import Stamper
from apps.core.clock import BEIJING

ROOM = 2048
"""Bytes kept for each signature beside its certificates: P-256 needs half of it, RSA-4096 nearly all."""

LANGUAGE = "zh-Hans"

_UNSEEN = StaticStampStyle(
    background=RawContent(b"", box=BoxConstraints(width=100, height=100)), border_width=0, background_opacity=1.0
)
"""The red seal is part of the page; the field above it only makes it clickable."""


@dataclass(frozen=True)
class Seal:
    """One seal to be set: whose key, over which box (points from the lower left of the page), to say what."""

    key: SealKey
    box: tuple[float, float, float, float]
    reason: str


@dataclass(frozen=True)
class SealedPdf:
    """A document with its seals, and what there is to record about them."""

    content: bytes
    keys: tuple[SealKey, ...]
    sealed_at: datetime
    wanted: str
    """The level that the rules ask for; `level` is what could be had."""
    level: str
    stamped_at: datetime | None = None
    problem: str = ""
    stamp_ends_at: datetime | None = None
    """When the certificates behind a stamp over the whole document end."""

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def seal_pdf(pdf: bytes, seals: list[Seal], *, now: datetime, stamper: Stamper | None = None) -> bytes:
    """`pdf` with one revision a seal, in their order; the earlier seals cover the page, the last one the whole file."""
    document = BytesIO(pdf)
    for place, seal in enumerate(seals):
        last = stamper if place == len(seals) - 1 else None
        _set_seal(document, seal, place, seals if place == 0 else [], now=now, stamper=last)
    return document.getvalue()


def set_seal(pdf: bytes, seal: Seal, place: int, *, now: datetime, stamper: Stamper | None) -> bytes:
    """`pdf`, in which the fields of all seals are made already, with one more of them set."""
    document = BytesIO(pdf)
    _set_seal(document, seal, place, [], now=now, stamper=stamper)
    return document.getvalue()


def _set_seal(document: BytesIO, seal: Seal, place: int, to_prepare: list[Seal], *, now, stamper) -> None:
    writer = IncrementalPdfFileWriter(document)
    if to_prepare:
        _prepare(writer, to_prepare)
    _SealSigner(seal, place, now=now, stamper=stamper).sign_pdf(
        writer, existing_fields_only=True, bytes_reserved=_bytes_reserved(seal.key, stamper), in_place=True
    )


def _bytes_reserved(key: SealKey, stamper: Stamper | None) -> int:
    """The same for every signature of a key, in hexadecimal digits; so nothing has to be signed twice to find out."""
    certificates = sum(len(certificate.dump()) for certificate in (key.certificate, *key.chain))
    return 2 * (ROOM + certificates + (STAMP_ROOM if stamper else 0))


def field_name(place: int) -> str:
    return f"Seal{place + 1}"


def _prepare(writer: IncrementalPdfFileWriter, seals: list[Seal]) -> None:
    writer.root["/Lang"] = TextStringObject(LANGUAGE)
    writer.update_root()
    for place, seal in enumerate(seals):
        append_signature_field(writer, SigFieldSpec(field_name(place), box=seal.box))


class _SealSigner(PdfSigner):
    """Signs at the given time, not at the clock's."""

    def __init__(self, seal: Seal, place: int, *, now: datetime, stamper: Stamper | None):
        self._now = now.astimezone(BEIJING)
        metadata = PdfSignatureMetadata(
            field_name=field_name(place),
            md_algorithm="sha256",
            subfilter=SigSeedSubFilter.PADES,
            reason=seal.reason,
            certify=place == 0,
            docmdp_permissions=MDPPerm.FILL_FORMS,
        )
        super().__init__(metadata, signer=_signer(seal.key), timestamper=stamper, stamp_style=_UNSEEN)

    def init_signing_session(self, pdf_out, existing_fields_only=False):
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self._now
        return session


@lru_cache(maxsize=128)
def _signer(key: SealKey) -> "_KeptKey":
    return _KeptKey(key)


@lru_cache(maxsize=128)
def container_template(key: SealKey) -> CmsTemplate:
    """What pyHanko would put into a signature of this key, without a time stamp: found out by sealing an empty page."""
    writer, page = PdfFileWriter(), BytesIO()
    writer.insert_page(PageObject(contents=writer.add_object(StreamObject(stream_data=b"")), media_box=(0, 0, 99, 99)))
    writer.write(page)
    seal_pdf(page.getvalue(), [Seal(key, (0, 0, 99, 99), "")], now=key.certificate.not_valid_before)
    return _signer(key).template


class _KeptKey(Signer):
    """Signs with a key that is already loaded, into a container that is already built."""

    def __init__(self, key: SealKey):
        store = SimpleCertificateStore()
        store.register_multiple(key.chain)
        super().__init__(signing_cert=key.certificate, cert_registry=store)
        self._key = key
        self.template: CmsTemplate | None = None

    async def async_sign(self, data_digest: bytes, digest_algorithm: str, *args, timestamper=None, **kwargs):
        if self.template is None:
            container = await super().async_sign(data_digest, digest_algorithm, *args, **kwargs)
            self.template = CmsTemplate.taken_from(container, data_digest)
        signature = await self.async_sign_raw(self.template.to_be_signed(data_digest), digest_algorithm)
        stamp = await timestamper.stamp(hashlib.sha256(signature).digest()) if timestamper else None
        return self.template.filled(data_digest, signature, stamp)

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run=False) -> bytes:
        return self._key.sign(data)
