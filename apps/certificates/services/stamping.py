"""Time stamps (RFC 3161) over a signature or a whole document.

A service that is away, slow or gives something else than a stamp we trust costs a level, never a seal: whoever asks
gets None and the reason, within a bounded time, and for a minute nobody in this process asks again.
"""

import asyncio
import hashlib
import logging
import time
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from urllib.request import Request, urlopen

from asn1crypto import cms, tsp
from cryptography.hazmat.primitives.serialization import pkcs12
from django.conf import settings
from pyhanko.keys.internal import translate_pyca_cryptography_cert_to_asn1, translate_pyca_cryptography_key_to_asn1
from pyhanko.sign.timestamps import DummyTimeStamper, TimeStamper
from pyhanko.sign.validation.generic_cms import validate_tst_signed_data
from pyhanko.sign.validation.status import TimestampSignatureStatus
from pyhanko_certvalidator import ValidationContext

from apps.certificates.services.bounded import within
from apps.certificates.services.seal_keys import STAMP_KEY, stamp_roots

SPECIMEN_SERVICE = "specimen"
ROOM = 12 * 1024
"""Bytes kept for a stamp with its certificates."""
MOST_BYTES = 64 * 1024
QUIET_SECONDS = 60
"""After a failure nobody asks for this long: a service that is away must not cost each document its patience."""
CLOCKS_DIFFER = timedelta(minutes=5)
LONGEST_WAIT = timedelta(hours=6)
RENEWAL_WAIT = timedelta(hours=12)

logger = logging.getLogger(__name__)
_quiet_until: dict[str, float] = {}


class NoStamp(Exception):
    """There is none to be had now; the text says why, for an operator."""


def stamper(*, now: datetime) -> "Stamper":
    """For one document. It never raises in `stamp`, and keeps what the first stamp says."""
    return Stamper(settings.STAMP_URL, now=now)


class Stamper(TimeStamper):
    def __init__(self, url: str, *, now: datetime):
        super().__init__()
        self._url, self._now = url, now
        self.stamped_at: datetime | None = None
        """What the first stamp says."""
        self.ends_at: datetime | None = None
        """When the first of the certificates behind the last stamp ends."""
        self.problem = ""

    async def stamp(self, digest: bytes) -> cms.ContentInfo | None:
        """A stamp over a SHA-256, checked; None where there is none."""
        try:
            return await self.async_timestamp(digest, "sha256")
        except NoStamp as reason:
            self.problem = str(reason)
            logger.warning("no time stamp: %s", reason)
            return None

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> cms.ContentInfo:
        """Raises NoStamp."""
        if not self._url:
            raise NoStamp("no service is configured")
        if is_held_off(self._url):
            raise NoStamp("the service failed a moment ago")
        try:
            token = await super().async_timestamp(message_digest, md_algorithm)
            said, self.ends_at = await self._what_it_says(token, message_digest)
        except Exception as failure:  # whatever a service may answer
            hold_off(self._url)
            raise failure if isinstance(failure, NoStamp) else NoStamp(_in_a_word(failure)) from failure
        self.stamped_at = self.stamped_at or said
        return token

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        if self._url == SPECIMEN_SERVICE:
            return _specimen(Path(settings.SEALS_DIR), self._now).request_tsa_response(req)
        return tsp.TimeStampResp.load(within(settings.STAMP_SECONDS, lambda: _post(self._url, req.dump())))

    async def _what_it_says(self, token: cms.ContentInfo, digest: bytes) -> tuple[datetime, datetime]:
        """The time in a stamp over exactly this digest, of an authority that we trust, by about our own clock; and when
        the first of its certificates ends."""
        if len(token.dump()) > ROOM:
            raise NoStamp("the stamp is too large")
        context = ValidationContext(trust_roots=stamp_roots(), allow_fetching=False, moment=self._now)
        expected = {"sha256": digest}
        said = await validate_tst_signed_data(token["content"], context, lambda name: expected.get(name, b""))
        status = TimestampSignatureStatus(**said)
        if not (status.intact and status.trusted):
            raise NoStamp("the stamp is not over this document, or of an authority that no root vouches for")
        if abs(status.timestamp - self._now) > CLOCKS_DIFFER:
            raise NoStamp("the stamp's time differs from ours by more than five minutes")
        return status.timestamp, min(certificate.not_valid_after for certificate in status.validation_path)


def later_end(stamps: Stamper, earlier: datetime | None) -> None:
    """A renewal is one only where it holds for longer. Raises NoStamp."""
    if earlier is not None and stamps.ends_at <= earlier:
        raise NoStamp(f"the service still stamps with a certificate that ends on {stamps.ends_at:%Y-%m-%d}")


def wait_after(attempts: int, *, renewing: bool) -> timedelta:
    """How long until a stamp that was not to be had is tried again: there are days for a renewal."""
    return RENEWAL_WAIT if renewing else min(timedelta(minutes=2) * 2 ** min(attempts, 10), LONGEST_WAIT)


def hold_off(url: str) -> None:
    """It has failed: for a minute nobody in this process asks it again."""
    _quiet_until[url] = time.monotonic() + QUIET_SECONDS


def is_held_off(url: str) -> bool:
    return time.monotonic() < _quiet_until.get(url, 0)


def forget_failures() -> None:
    """Ask again at once."""
    _quiet_until.clear()


def service_answers(*, now: datetime) -> str:
    """Empty where a stamp can be had now; else why not."""
    probe = stamper(now=now)
    asyncio.run(probe.stamp(hashlib.sha256(b"probe").digest()))
    return probe.problem


def _post(url: str, body: bytes) -> bytes:
    headers = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}
    with urlopen(Request(url, body, headers), timeout=settings.STAMP_SECONDS) as answer:
        if answer.headers.get_content_type() != "application/timestamp-reply":
            raise NoStamp("the service answered with something else than a stamp")
        content = answer.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise NoStamp("the service's answer is too long")
    return content


def _in_a_word(failure: Exception) -> str:
    if isinstance(failure, TimeoutError):
        return "the service did not answer in time"
    return f"{type(failure).__name__}: {failure}"[:160]


def _specimen(folder: Path, now: datetime) -> DummyTimeStamper:
    """Our own authority of a demo or a test, in this process."""
    try:
        certificate, key, issuer = _specimen_key(folder / f"{STAMP_KEY}.p12", folder / f"{STAMP_KEY}.pass")
    except OSError as error:
        raise NoStamp("the specimen authority has no key: run make_seal_keys") from error
    return DummyTimeStamper(certificate, key, certs_to_embed=issuer, fixed_dt=now)


@lru_cache(maxsize=4)
def _specimen_key(bundle: Path, passphrase: Path):
    opened = pkcs12.load_pkcs12(bundle.read_bytes(), passphrase.read_bytes().strip())
    return (
        translate_pyca_cryptography_cert_to_asn1(opened.cert.certificate),
        translate_pyca_cryptography_key_to_asn1(opened.key),
        [translate_pyca_cryptography_cert_to_asn1(extra.certificate) for extra in opened.additional_certs],
    )
