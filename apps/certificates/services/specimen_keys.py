"""Keys for a demo or a test: a CA of our own and a P-256 key a body, all marked SPECIMEN. Never replaces one."""

import os
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from apps.certificates.services.seal_keys import ROOTS_FILE, SPECIMEN, STAMP_KEY

CA = "ca"
P256, RSA = "p256", "rsa"
CA_YEARS, SEAL_YEARS = 20, 10


def make_specimen_keys(
    folder: Path, bodies: Iterable[tuple[str, str]], *, now: datetime, algorithm: str = P256
) -> list[str]:
    """Make the key of each (code, name) that `folder` lacks; returns the codes. Two at once make each key once."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    missing = [(code, name) for code, name in bodies if not (folder / f"{code}.p12").exists()]
    if not missing and (folder / f"{CA}.crl").exists():
        return []
    ca = _certification_authority(folder, now=now)
    write_once(folder / ROOTS_FILE, ca.cert.certificate.public_bytes(Encoding.PEM))
    if not (folder / f"{STAMP_KEY}.p12").exists():
        _make_stamp_authority(folder, ca, now=now)
    write_once(folder / f"{CA}.crl", _empty_revocation_list(ca, now=now))
    return [code for code, name in missing if _make_seal(folder, code, (code, name), ca, algorithm, now=now)]


def _certification_authority(folder: Path, *, now: datetime) -> pkcs12.PKCS12KeyAndCertificates:
    """The one in the folder, made where there is none."""
    path = folder / f"{CA}.p12"
    if not path.exists():
        key = ec.generate_private_key(ec.SECP256R1())
        name = _name(f"{SPECIMEN} CICPA Portal Test CA", "CA")
        certificate = (
            _builder(name, name, key, years=CA_YEARS, now=now)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(_key_usage(key_cert_sign=True, crl_sign=True), critical=True)
            .sign(key, hashes.SHA256())
        )
        _write_bundle(folder, CA, key, certificate, None)
    return pkcs12.load_pkcs12(path.read_bytes(), (folder / f"{CA}.pass").read_bytes().strip())


def make_next_specimen_key(folder: Path, code: str, body: str, *, now: datetime, algorithm: str = P256) -> bool:
    """A successor for a body's specimen key, beside it as `<code>.next.p12`."""
    ca = _certification_authority(folder, now=now)
    return _make_seal(folder, f"{code}.next", (code, body), ca, algorithm, now=now)


def _make_seal(folder: Path, stem: str, body: tuple[str, str], ca, algorithm: str, *, now: datetime) -> bool:
    key, issuer, (code, name) = _new_key(algorithm), ca.cert.certificate, body
    certificate = (
        _builder(_name(name, code), issuer.subject, key, years=SEAL_YEARS, now=now)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_key_usage(digital_signature=True, content_commitment=True), critical=True)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.public_key()), critical=False)
        .sign(ca.key, hashes.SHA256())
    )
    return _write_bundle(folder, stem, key, certificate, issuer)


def _new_key(algorithm: str):
    return ec.generate_private_key(ec.SECP256R1()) if algorithm == P256 else rsa.generate_private_key(65537, 2048)


def _make_stamp_authority(folder: Path, ca, *, now: datetime) -> None:
    """Stamps the demo's letters. RSA, because the library's own authority signs with nothing else."""
    key, issuer = rsa.generate_private_key(65537, 2048), ca.cert.certificate
    certificate = (
        _builder(_name(f"{SPECIMEN} time stamps", STAMP_KEY), issuer.subject, key, years=CA_YEARS, now=now)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_key_usage(digital_signature=True), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.public_key()), critical=False)
        .sign(ca.key, hashes.SHA256())
    )
    _write_bundle(folder, STAMP_KEY, key, certificate, issuer)


def _empty_revocation_list(ca, *, now: datetime) -> bytes:
    issuer = ca.cert.certificate
    return (
        x509.CertificateRevocationListBuilder()
        .issuer_name(issuer.subject)
        .last_update(now - timedelta(days=1))
        .next_update(now + timedelta(days=365 * CA_YEARS))
        .add_extension(x509.CRLNumber(1), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.public_key()), critical=False)
        .sign(ca.key, hashes.SHA256())
        .public_bytes(Encoding.DER)
    )


def _name(common_name: str, code: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, f"{SPECIMEN} 样本 (CICPA portal, not a real seal)"),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name),
            x509.NameAttribute(NameOID.SERIAL_NUMBER, code),
        ]
    )


def _builder(subject: x509.Name, issuer: x509.Name, key, *, years: int, now: datetime) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=365 * years))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _key_usage(**allowed: bool) -> x509.KeyUsage:
    every = (
        "digital_signature content_commitment key_encipherment data_encipherment key_agreement "
        "key_cert_sign crl_sign encipher_only decipher_only"
    )
    return x509.KeyUsage(**{name: allowed.get(name, False) for name in every.split()})


def _write_bundle(folder: Path, code: str, key, certificate, issuer) -> bool:
    """Passphrase first, then the bundle: a key that was written can always be opened."""
    passphrase_file = folder / f"{code}.pass"
    write_once(passphrase_file, secrets.token_urlsafe(32).encode())
    passphrase = passphrase_file.read_bytes().strip()
    extras = [issuer] if issuer is not None else None
    bundle = pkcs12.serialize_key_and_certificates(
        code.encode(), key, certificate, extras, BestAvailableEncryption(passphrase)
    )
    return write_once(folder / f"{code}.p12", bundle)


def write_once(path: Path, content: bytes) -> bool:
    """Whole or not at all, and never over an existing file."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    try:
        os.link(draft, path)
    except FileExistsError:
        return False
    finally:
        draft.unlink()
    return True
