"""The keys behind the seals: one PKCS#12 file a body, `<code>.p12`, its passphrase beside it in `<code>.pass`; or a key
in a token (seal_tokens.py). A file that is changed is noticed at the next seal, in every process.

In production the operator brings them, with `roots.pem`, the certificates that a check of our own files trusts.
A demo or a test makes its own, marked SPECIMEN, which production refuses.
"""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache, partial
from pathlib import Path

from asn1crypto import crl as asn1_crl
from asn1crypto import pem
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from apps.certificates.services.seal_tokens import token_signer
from apps.core.errors import PortalError

SPECIMEN = "SPECIMEN"
ROOTS_FILE = "roots.pem"
STAMP_ROOTS_FILE = "stamp-roots.pem"
STAMP_KEY = "stamp"
"""The specimen time-stamp authority's key, beside those of the bodies."""


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
    """A key that signs, wherever it lives, with its certificate and what leads from it to a root."""

    code: str
    certificate: asn1_x509.Certificate
    chain: tuple[asn1_x509.Certificate, ...]
    signs: Callable[[bytes], bytes] = field(repr=False)

    def sign(self, data: bytes) -> bytes:
        """The signature over SHA-256 of `data`: ECDSA in DER, or RSA PKCS#1 v1.5."""
        return self.signs(data)

    @property
    def key_id(self) -> str:
        """SHA-256 of the certificate, in hexadecimal: what the register of seal keys knows it by."""
        return self.certificate.sha256.hex()

    @property
    def is_specimen(self) -> bool:
        return SPECIMEN in self.certificate.subject.human_friendly


def seal_key(association_code: str) -> SealKey:
    """The key of a body, read once while its files stay the same. Raises SealKeyMissing, SpecimenKeyRefused."""
    key = read_seal_key(association_code, association_code)
    if settings.PRODUCTION and key.is_specimen:
        raise SpecimenKeyRefused(association_code)
    return key


def read_seal_key(association_code: str, stem: str) -> SealKey:
    """The key in the files `stem.*`: in a token where they say so, else in a bundle. Raises SealKeyMissing."""
    folder = Path(settings.SEALS_DIR)
    kind, read = ("pkcs11", _read_token) if (folder / f"{stem}.pkcs11").exists() else ("p12", _read_bundle)
    names = (kind, "pem", "pass") if kind == "pkcs11" else (kind, "pass")
    files = [folder / f"{stem}.{name}" for name in names]
    try:
        return read(association_code, *files, *map(_mark, files))
    except OSError as error:
        raise SealKeyMissing(association_code) from error


def trust_roots() -> list[asn1_x509.Certificate]:
    """The certificates under which a seal counts as ours; none where the operator has brought none."""
    return _certificates(ROOTS_FILE)


def stamp_roots() -> list[asn1_x509.Certificate]:
    """The certificates under which a time stamp counts: those of stamp-roots.pem, and those of the seals."""
    return [*_certificates(STAMP_ROOTS_FILE), *trust_roots()]


def published_roots() -> dict[str, list[str]]:
    """Both kinds of roots in PEM, for whoever checks a file without us."""
    kinds = {"seals": trust_roots(), "time_stamps": stamp_roots()}
    return {
        kind: [pem.armor("CERTIFICATE", root.dump()).decode() for root in dict.fromkeys(roots)]
        for kind, roots in kinds.items()
    }


def revocation_lists() -> list[asn1_crl.CertificateList]:
    """The CRLs that the operator keeps beside the keys, as `*.crl` (DER or PEM)."""
    files = sorted(Path(settings.SEALS_DIR).glob("*.crl"))
    return [_read_revocation_list(path, _mark(path)) for path in files]


def _certificates(name: str) -> list[asn1_x509.Certificate]:
    path = Path(settings.SEALS_DIR) / name
    try:
        return list(_read_roots(path, _mark(path)))
    except OSError:
        return []


def _mark(path: Path) -> tuple[int, int, int]:
    """Differs when the file was written or replaced."""
    found = path.stat()
    return found.st_mtime_ns, found.st_ino, found.st_size


@lru_cache(maxsize=128)
def _read_bundle(association_code: str, bundle: Path, passphrase: Path, *marks) -> SealKey:
    opened = _opened(bundle.read_bytes(), passphrase.read_bytes())
    chain = tuple(_asn1(extra.certificate) for extra in opened.additional_certs)
    return SealKey(association_code, _asn1(opened.cert.certificate), chain, partial(_sign, opened.key))


@lru_cache(maxsize=128)
def _read_token(association_code: str, description: Path, certificates: Path, pin: Path, *marks) -> SealKey:
    own, *chain = _read_roots(certificates, _mark(certificates))
    signs = token_signer(description, pin.read_text().split("\n")[0].strip())
    return SealKey(association_code, own, tuple(chain), signs)


def _opened(bundle: bytes, passphrases: bytes) -> pkcs12.PKCS12KeyAndCertificates:
    """By the first line that opens it: while a key is exchanged there are two."""
    *earlier, last = passphrases.strip().split(b"\n")
    for passphrase in earlier:
        with contextlib.suppress(ValueError):
            return pkcs12.load_pkcs12(bundle, passphrase.strip())
    return pkcs12.load_pkcs12(bundle, last.strip())


def _sign(private_key, data: bytes) -> bytes:
    if isinstance(private_key, ec.EllipticCurvePrivateKey):
        return private_key.sign(data, ec.ECDSA(hashes.SHA256()))
    return private_key.sign(data, padding.PKCS1v15(), hashes.SHA256())


@lru_cache(maxsize=8)
def _read_roots(path: Path, mark) -> tuple[asn1_x509.Certificate, ...]:
    unarmored = pem.unarmor(path.read_bytes(), multiple=True)
    return tuple(asn1_x509.Certificate.load(der) for _name, _headers, der in unarmored)


@lru_cache(maxsize=32)
def _read_revocation_list(path: Path, mark) -> asn1_crl.CertificateList:
    content = path.read_bytes()
    return asn1_crl.CertificateList.load(pem.unarmor(content)[2] if pem.detect(content) else content)


def _asn1(certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))
