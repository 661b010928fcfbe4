"""A whole authority of somebody else's making (certomancer): root and issuing CA, CRLs, time stamps, two seal keys.

Where it is `served_at` an address, its certificates name a responder (OCSP) and lists there. It stamps
with three certificates, one after the other: the first two may be made to end (`stamps_until`).
"""

from datetime import datetime
from itertools import zip_longest
from pathlib import Path

from asn1crypto import pem
from certomancer.registry import ArchLabel, CertLabel, CertomancerConfig, ServiceLabel
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

PASSPHRASE = "as the authority gave it"
MOMENT = "%Y-%m-%dT%H:%M:%S%z"
LONG = ("2020-01-01T00:00:00+0000", "2100-01-01T00:00:00+0000")


def _usage(*allowed: str) -> dict:
    return {"id": "key_usage", "critical": True, "smart-value": {"schema": "key-usage", "params": list(allowed)}}


def _revoked_in(name: str) -> dict:
    """Where the list of revoked ones is to be had."""
    where = {"schema": "crl-dist-url", "params": {"crl-repo-names": [name]}}
    return {"id": "crl_distribution_points", "smart-value": where}


CA = [{"id": "basic_constraints", "critical": True, "value": {"ca": True}}, _usage("key_cert_sign", "crl_sign")]
SEAL = [_usage("digital_signature", "non_repudiation"), _revoked_in("issuing")]
RESPONDER = {
    "id": "authority_information_access",
    "smart-value": {"schema": "aia-urls", "params": {"ocsp-responder-names": ["issuing"]}},
}
ISSUING = [*CA, _revoked_in("root")]
STAMPS = [
    _usage("digital_signature"),
    {"id": "extended_key_usage", "critical": True, "value": ["time_stamping"]},
    _revoked_in("root"),
]


STAMPERS = ("stamps", "later-stamps", "last-stamps")


class Authority:
    def __init__(
        self,
        folder: Path,
        bodies: list[tuple[str, str]],
        *,
        seals_until: datetime,
        stamps_until: tuple = (),
        served_at: str = "",
        revoked: dict | None = None,
    ):
        """`revoked`: the seal of which body, since when."""
        self.bodies = bodies
        names = ["root", "issuing", *STAMPERS, *(code for code, _name in bodies)]
        for name in names:
            (folder / f"{name}.pem").write_bytes(_pem(name))
        seals = _seals(bodies, seals_until, bool(served_at), revoked or {})
        said = _config(names, bodies, seals, stamps_until, served_at)
        config = CertomancerConfig(said, key_search_dir=str(folder))
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

    def ocsp(self, request, *, now: datetime):
        return self.pki.service_registry.summon_responder(ServiceLabel("issuing"), now).build_ocsp_response(request)

    def stamp(self, request, *, now: datetime, by: str = STAMPERS[0]):
        return self.pki.service_registry.summon_timestamper(ServiceLabel(by), now).request_tsa_response(request)


def _pem(name: str) -> bytes:
    key = rsa.generate_private_key(65537, 2048) if name in STAMPERS else ec.generate_private_key(ec.SECP256R1())
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _seals(bodies: list[tuple[str, str]], until: datetime, served: bool, revoked: dict) -> dict:
    extensions = [*SEAL, RESPONDER] if served else SEAL
    seals = {code: _certificate(code, "issuing", extensions, _term(until)) for code, _name in bodies}
    for code, since in revoked.items():
        seals[code]["revocation"] = {"revoked-since": since.strftime(MOMENT), "reason": "key_compromise"}
    return seals


def _config(names: list[str], bodies: list[tuple[str, str]], seals: dict, stamps_until: tuple, served_at: str) -> dict:
    return {
        "external-url-prefix": served_at or "http://theirs.example.org",
        "keysets": {"keys": {"keys": {name: {"path": f"{name}.pem"} for name in names}}},
        "pki-architectures": {
            "theirs": {
                "keyset": "keys",
                "entities": {name: {"common-name": dict(bodies).get(name, name)} for name in names},
                "certs": {
                    "root": _certificate("root", "root", CA),
                    "issuing": _certificate("issuing", "root", ISSUING),
                    **{
                        name: _certificate(name, "root", STAMPS, _term(until) if until else LONG)
                        for name, until in zip_longest(STAMPERS, stamps_until)
                    },
                    **seals,
                },
                "services": {
                    "crl-repo": {
                        name: {"for-issuer": name, "signing-key": name, "simulated-update-schedule": "P90D"}
                        for name in ("root", "issuing")
                    },
                    "ocsp": {"issuing": {"for-issuer": "issuing", "responder-cert": "issuing"}},
                    "time-stamping": {name: {"signing-key": name, "signing-cert": name} for name in STAMPERS},
                },
            }
        },
    }


def _term(until: datetime) -> tuple[str, str]:
    return LONG[0], until.strftime(MOMENT)


def _certificate(name: str, issuer: str, extensions: list, term: tuple[str, str] = LONG) -> dict:
    return {
        "subject": name,
        "subject-key": name,
        "issuer": issuer,
        "authority-key": issuer,
        "validity": {"valid-from": term[0], "valid-to": term[1]},
        "extensions": extensions,
    }
