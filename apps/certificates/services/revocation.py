"""Asking the authorities that certificates name whether these are revoked (CRL, OCSP). Opt-in, and only ever for
documents of our own making: their certificates are the operator's and the stamp authority's. Uploads fetch nothing.

All of one document's questions together take no longer than settings.SEALS_FETCH_SECONDS, no answer is read beyond
MOST_BYTES, none leads elsewhere; and whoever failed is not asked again for a minute.
"""

import time
from asyncio import to_thread
from collections import defaultdict
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from asn1crypto import crl, ocsp, pem, x509
from django.conf import settings
from pyhanko_certvalidator.errors import (
    CRLFetchError,
    OCSPFetchError,
    OCSPValidationError,
    PathError,
    RevokedError,
    ValidationError,
)
from pyhanko_certvalidator.fetchers import CertificateFetcher, CRLFetcher, Fetchers, OCSPFetcher
from pyhanko_certvalidator.fetchers.common_utils import (
    enumerate_delivery_point_urls,
    format_ocsp_request,
    process_ocsp_response_data,
)
from pyhanko_certvalidator.util import get_ocsp_urls, get_relevant_crl_dps, issuer_serial

from apps.certificates.services.bounded import within
from apps.certificates.services.stamping import NoStamp, hold_off, is_held_off

MOST_BYTES = 2 * 1024**2
REFUSALS = (PathError, ValidationError)


class NoValidationData(NoStamp):
    """What is needed to check for long is not to be had now; the text says why, for an operator."""


class CertificateRevoked(Exception):
    """A certificate behind the document is revoked: what it lacks it will never get."""


class UnfitAnswer(ValueError):
    """Of this source; perhaps another one answers."""


def refused(failure: Exception) -> Exception:
    """What a failed look at a certificate's chain means, in a sentence."""
    if isinstance(failure, RevokedError):
        return CertificateRevoked(f"revoked since {failure.revocation_dt:%Y-%m-%d %H:%M} UTC: {failure}"[:200])
    return NoValidationData(f"no valid CRL or OCSP answer, or no chain: {failure}"[:200])


def fetchers() -> Fetchers:
    """For one document: its clock begins to run now."""
    deadline = time.monotonic() + settings.SEALS_FETCH_SECONDS
    return Fetchers(ocsp_fetcher=_Answers(deadline), crl_fetcher=_Lists(deadline), cert_fetcher=_NoCertificates())


class _Answers(OCSPFetcher):
    """Of responders, asked once for each certificate."""

    def __init__(self, deadline: float):
        self._deadline = deadline
        self._by_certificate: dict[bytes, list[ocsp.OCSPResponse]] = defaultdict(list)

    async def fetch(self, cert, authority):
        request = format_ocsp_request(cert, authority, certid_hash_algo="sha1", request_nonces=True)
        headers = {"Content-Type": "application/ocsp-request", "Accept": "application/ocsp-response"}
        for url in get_ocsp_urls(cert):
            try:
                content = await to_thread(_ask, url, self._deadline, request.dump(), headers)
                answer = process_ocsp_response_data(content, ocsp_request=request, ocsp_url=url)
            except (ValueError, OCSPValidationError):
                continue
            self._by_certificate[issuer_serial(cert)].append(answer)
            return answer
        raise OCSPFetchError("no responder answers")

    def fetched_responses(self):
        return [answer for answers in self._by_certificate.values() for answer in answers]

    def fetched_responses_for_cert(self, cert):
        return self._by_certificate.get(issuer_serial(cert), [])


class _Lists(CRLFetcher):
    """Each address is asked once: certificates of one authority share a list."""

    def __init__(self, deadline: float):
        self._deadline = deadline
        self._by_url: dict[str, crl.CertificateList] = {}
        self._by_certificate: dict[bytes, list[crl.CertificateList]] = {}

    async def fetch(self, cert, *, use_deltas=True):
        places = get_relevant_crl_dps(cert, use_deltas=use_deltas)
        urls = [url for place in places for url in enumerate_delivery_point_urls(place)]
        try:
            found = [await self._list_at(url) for url in urls]
        except ValueError as failure:
            raise CRLFetchError(str(failure)) from failure
        self._by_certificate[issuer_serial(cert)] = found
        return found

    async def _list_at(self, url: str) -> crl.CertificateList:
        if url not in self._by_url:
            content = await to_thread(_ask, url, self._deadline, None, {"Accept": "application/pkix-crl"})
            self._by_url[url] = crl.CertificateList.load(pem.unarmor(content)[2] if pem.detect(content) else content)
        return self._by_url[url]

    def fetched_crls(self):
        return list(self._by_url.values())

    def fetched_crls_for_cert(self, cert):
        return self._by_certificate[issuer_serial(cert)]


class _NoCertificates(CertificateFetcher):
    """A seal and a stamp bring their chains along."""

    async def _none(self):
        for certificate in self.fetched_certs():
            yield certificate

    def fetch_cert_issuers(self, cert):
        return self._none()

    def fetch_crl_issuers(self, certificate_list):
        return self._none()

    def fetched_certs(self) -> tuple[x509.Certificate, ...]:
        return ()


def _ask(url: str, deadline: float, body: bytes | None, headers: dict) -> bytes:
    """Raises UnfitAnswer."""
    if urlsplit(url).scheme not in {"http", "https"}:
        raise UnfitAnswer("not an address of the web")
    left = deadline - time.monotonic()
    if left <= 0:
        raise UnfitAnswer("the time for this document is over")
    if is_held_off(url):
        raise UnfitAnswer("it failed a moment ago")
    try:
        return within(left, lambda: _read(Request(url, body, headers), left))
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


_OPENER = build_opener(_NoRedirect)
