"""The keys behind the seals: one PKCS#12 file a body, `<code>.p12`, its passphrase beside it in `<code>.pass`.

In production the operator brings them, with `roots.pem`, the certificates that a check of our own files trusts.
A demo or a test makes its own, marked SPECIMEN, which production refuses.
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from asn1crypto import pem
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from apps.core.errors import PortalError

SPECIMEN = "SPECIMEN"
ROOTS_FILE = "roots.pem"


class SealKeyMissing(PortalError):
    code = "seal_key_missing"

    def __init__(self, association_code: str):
        super().__init__(
            _("没有 %(code)s 的电子印章密钥：请把 %(code)s.p12 和 %(code)s.pass 放入 %(folder)s 后重试。")
            % {"code": association_code, "folder": settings.SEALS_DIR}
        )


class SpecimenKeyRefused(PortalError):
    code = "specimen_key_refused"

    def __init__(self, association_code: str):
        super().__init__(
            _("%(code)s 的电子印章密钥是样本（SPECIMEN），正式环境不能用它签章。请换上正式的 %(code)s.p12 后重试。")
            % {"code": association_code}
        )


@dataclass(frozen=True)
class SealKey:
    """A private key kept in memory, with its certificate and what leads from it to a root."""

    code: str
    private_key: object
    certificate: asn1_x509.Certificate
    chain: tuple[asn1_x509.Certificate, ...]

    @property
    def is_specimen(self) -> bool:
        return SPECIMEN in self.certificate.subject.human_friendly


def seal_key(association_code: str) -> SealKey:
    """The key of a body, read once a process. Raises SealKeyMissing; in production SpecimenKeyRefused."""
    key = _read(Path(settings.SEALS_DIR), association_code)
    if settings.PRODUCTION and key.is_specimen:
        raise SpecimenKeyRefused(association_code)
    return key


def trust_roots() -> list[asn1_x509.Certificate]:
    """The certificates under which a seal counts as ours; none where the operator has brought none."""
    return list(_read_roots(Path(settings.SEALS_DIR)))


def forget_read_keys() -> None:
    """After files have changed under a running process (a rotation, a test)."""
    _read.cache_clear()
    _read_roots.cache_clear()


@lru_cache(maxsize=128)
def _read(folder: Path, association_code: str) -> SealKey:
    try:
        sealed = (folder / f"{association_code}.p12").read_bytes()
        passphrase = (folder / f"{association_code}.pass").read_text().strip()
    except OSError as error:
        raise SealKeyMissing(association_code) from error
    bundle = pkcs12.load_pkcs12(sealed, passphrase.encode())
    chain = tuple(_asn1(extra.certificate) for extra in bundle.additional_certs)
    return SealKey(association_code, bundle.key, _asn1(bundle.cert.certificate), chain)


@lru_cache(maxsize=8)
def _read_roots(folder: Path) -> tuple[asn1_x509.Certificate, ...]:
    try:
        text = (folder / ROOTS_FILE).read_bytes()
    except OSError:
        return ()
    return tuple(asn1_x509.Certificate.load(der) for _name, _headers, der in pem.unarmor(text, multiple=True))


def _asn1(certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))
