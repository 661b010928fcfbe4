"""A whole authority of somebody else's making (certomancer): root and issuing CA, CRLs, time stamps, two seal keys."""

from datetime import datetime
from pathlib import Path

from asn1crypto import pem
from certomancer.registry import ArchLabel, CertLabel, CertomancerConfig, ServiceLabel
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

PASSPHRASE = "as the authority gave it"
LONG = ("2020-01-01T00:00:00+0000", "2100-01-01T00:00:00+0000")


def _usage(*allowed: str) -> dict:
    return {"id": "key_usage", "critical": True, "smart-value": {"schema": "key-usage", "params": list(allowed)}}


def _revoked_in(name: str) -> dict:
    """Where the list of revoked ones is to be had."""
    where = {"schema": "crl-dist-url", "params": {"crl-repo-names": [name]}}
    return {"id": "crl_distribution_points", "smart-value": where}


CA = [{"id": "basic_constraints", "critical": True, "value": {"ca": True}}, _usage("key_cert_sign", "crl_sign")]
SEAL = [_usage("digital_signature", "non_repudiation"), _revoked_in("issuing")]
ISSUING = [*CA, _revoked_in("root")]
STAMPS = [
    _usage("digital_signature"),
    {"id": "extended_key_usage", "critical": True, "value": ["time_stamping"]},
    _revoked_in("root"),
]


class Authority:
    def __init__(self, folder: Path, bodies: list[tuple[str, str]], *, seals_until: datetime):
        self.bodies = bodies
        names = ["root", "issuing", "stamps", *(code for code, _name in bodies)]
        for name in names:
            (folder / f"{name}.pem").write_bytes(_pem(name))
        config = CertomancerConfig(_config(names, bodies, seals_until), key_search_dir=str(folder))
        self.pki = config.get_pki_arch(ArchLabel("theirs"))

    def deliver(self, seals: Path, *, now: datetime) -> None:
        """What an operator gets from them, where the portal looks for it."""
        seals.mkdir(mode=0o700)
        for code, _name in self.bodies:
            (seals / f"{code}.p12").write_bytes(self.pki.package_pkcs12(CertLabel(code), password=PASSPHRASE.encode()))
            (seals / f"{code}.pass").write_text(PASSPHRASE)
        root = self.pki.get_cert(CertLabel("root")).dump()
        (seals / "roots.pem").write_bytes(pem.armor("CERTIFICATE", root))
        (seals / "stamp-roots.pem").write_bytes(pem.armor("CERTIFICATE", root))
        for name in ("root", "issuing"):
            (seals / f"{name}.crl").write_bytes(self.crl(name, now=now).dump())

    def crl(self, name: str, *, now: datetime):
        return self.pki.service_registry.get_crl(ServiceLabel(name), now)

    def stamp(self, request, *, now: datetime):
        return self.pki.service_registry.summon_timestamper(ServiceLabel("stamps"), now).request_tsa_response(request)


def _pem(name: str) -> bytes:
    key = rsa.generate_private_key(65537, 2048) if name == "stamps" else ec.generate_private_key(ec.SECP256R1())
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _config(names: list[str], bodies: list[tuple[str, str]], seals_until: datetime) -> dict:
    term = (LONG[0], seals_until.strftime("%Y-%m-%dT%H:%M:%S%z"))
    seals = {code: _certificate(code, "issuing", SEAL, term) for code, _name in bodies}
    return {
        "keysets": {"keys": {"keys": {name: {"path": f"{name}.pem"} for name in names}}},
        "pki-architectures": {
            "theirs": {
                "keyset": "keys",
                "entities": {name: {"common-name": dict(bodies).get(name, name)} for name in names},
                "certs": {
                    "root": _certificate("root", "root", CA),
                    "issuing": _certificate("issuing", "root", ISSUING),
                    "stamps": _certificate("stamps", "root", STAMPS),
                    **seals,
                },
                "services": {
                    "crl-repo": {
                        name: {"for-issuer": name, "signing-key": name, "simulated-update-schedule": "P90D"}
                        for name in ("root", "issuing")
                    },
                    "time-stamping": {"stamps": {"signing-key": "stamps", "signing-cert": "stamps"}},
                },
            }
        },
    }


def _certificate(name: str, issuer: str, extensions: list, term: tuple[str, str] = LONG) -> dict:
    return {
        "subject": name,
        "subject-key": name,
        "issuer": issuer,
        "authority-key": issuer,
        "validity": {"valid-from": term[0], "valid-to": term[1]},
        "extensions": extensions,
    }
