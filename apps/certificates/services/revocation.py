"""Asking the authorities that certificates name whether these are revoked (CRL, OCSP). Opt-in, and only ever for
documents of our own making: their certificates are the operator's and the stamp authority's. Uploads fetch nothing.

All of one document's questions together take no longer than settings.SEALS_FETCH_SECONDS, no answer is read beyond
MOST_BYTES, none leads elsewhere; and whoever failed is not asked again for a minute.
"""

import time
from asyncio import to_thread
from collections.abc import Sequence
from types import SimpleNamespace
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

from asn1crypto import x509
from django.conf import settings
from pyhanko_certvalidator.errors import PathError, RevokedError, ValidationError
from pyhanko_certvalidator.fetchers import CertificateFetcher, Fetchers
from pyhanko_certvalidator.fetchers.requests_fetchers import RequestsCRLFetcher, RequestsOCSPFetcher

from apps.certificates.services.bounded import within
from apps.certificates.services.stamping import NoStamp, hold_off, is_held_off

MOST_BYTES = 2 * 1024**2
REFUSALS = (PathError, ValidationError)


class NoValidationData(NoStamp):
    """What is needed to check for long is not to be had now; the text says why, for an operator."""


class CertificateRevoked(Exception):
    """A certificate behind the document is revoked: what it lacks it will never get."""


class UnfitAnswer(ValueError):
    """Such as the fetchers take for a failure of this source."""


def refused(failure: Exception) -> Exception:
    """What a failed look at a certificate's chain means, in a sentence."""
    if isinstance(failure, RevokedError):
        return CertificateRevoked(f"revoked since {failure.revocation_dt:%Y-%m-%d %H:%M} UTC: {failure}"[:200])
    return NoValidationData(f"no valid CRL or OCSP answer, or no chain: {failure}"[:200])


def fetchers() -> Fetchers:
    """For one document: its clock begins to run now."""
    deadline = time.monotonic() + settings.SEALS_FETCH_SECONDS
    crl, ocsp = _CrlFetcher(), _OcspFetcher()
    crl.deadline = ocsp.deadline = deadline
    return Fetchers(ocsp_fetcher=ocsp, crl_fetcher=crl, cert_fetcher=_NoCertificates())


class _Bounded:
    deadline: float

    def _get(self, url, *, acceptable_content_types):
        return to_thread(_ask, url, None, {"Accept": ",".join(acceptable_content_types)}, self.deadline)

    def _post(self, url, data, *, content_type, acceptable_content_types):
        headers = {"Accept": ",".join(acceptable_content_types), "Content-Type": content_type}
        return to_thread(_ask, url, data, headers, self.deadline)


class _CrlFetcher(_Bounded, RequestsCRLFetcher):
    pass


class _OcspFetcher(_Bounded, RequestsOCSPFetcher):
    pass


class _NoCertificates(CertificateFetcher):
    """A seal and a stamp bring their chains along."""

    async def _none(self):
        return
        yield

    def fetch_cert_issuers(self, cert):
        return self._none()

    def fetch_crl_issuers(self, certificate_list):
        return self._none()

    def fetched_certs(self) -> Sequence[x509.Certificate]:
        return ()


def _ask(url: str, body: bytes | None, headers: dict, deadline: float) -> SimpleNamespace:
    if urlsplit(url).scheme not in {"http", "https"}:
        raise UnfitAnswer("not an address of the web")
    if is_held_off(url):
        raise UnfitAnswer("it failed a moment ago")
    left = deadline - time.monotonic()
    if left <= 0:
        raise UnfitAnswer("the time for this document is over")
    try:
        return SimpleNamespace(content=within(left, lambda: _read(Request(url, body, headers), left)))
    except (OSError, UnfitAnswer) as failure:
        hold_off(url)
        raise UnfitAnswer(f"{type(failure).__name__} at {url}") from failure


def _read(request: Request, patience: float) -> bytes:
    with _OPENER.open(request, timeout=patience) as answer:
        content = answer.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise UnfitAnswer("the answer is too long")
    return content


class _NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, req, fp, code, msg, headers, newurl):
        raise URLError("an authority sends us elsewhere")


_OPENER = build_opener(_NoRedirect, ProxyHandler())
