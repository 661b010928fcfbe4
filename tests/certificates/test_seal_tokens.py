"""Seal keys in a token: the same seals, and a token that is away seals nothing."""

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, pkcs12

from apps.certificates.enums import CertificateState
from apps.certificates.models import Certificate
from apps.certificates.services import (
    check_pdf,
    issue_certificate,
    make_next_specimen_key,
    rotate_seal_key,
    seal_tokens,
)
from apps.certificates.services.seal_keys import seal_key
from apps.certificates.services.specimen_keys import make_specimen_keys
from apps.documents.services import read_file
from tests.certificates.test_seal_keys_drill import BOTH
from tests.factories import certificates as factory
from tests.support.soft_token import PIN, make_token, module, put_key

pytestmark = [
    pytest.mark.skipif(not module(), reason="softhsm2 is not installed"),
    pytest.mark.django_db,
]

NOW = datetime.now(UTC).replace(microsecond=0)
TOKEN = "seals"


@pytest.fixture(scope="module")
def token(tmp_path_factory):
    """One token for the module: SoftHSM's library reads where it is once a process."""
    folder, before = tmp_path_factory.mktemp("token"), os.environ.get("SOFTHSM2_CONF")
    make_token(folder, TOKEN)
    yield folder
    os.environ.pop("SOFTHSM2_CONF")
    if before:
        os.environ["SOFTHSM2_CONF"] = before


@pytest.fixture(params=["p256", "rsa"])
def folder(request, settings, tmp_path, token) -> Path:
    """Keys made as files, then moved into the token; the home body's files are gone."""
    settings.SEALS_DIR = tmp_path / "seals"
    bodies = [(body.code, body.name) for body in (factory.ZHEJIANG, factory.NATIONAL)]
    made = NOW - timedelta(days=1)
    make_specimen_keys(settings.SEALS_DIR, bodies, now=made, algorithm=request.param)
    move_into_token(settings.SEALS_DIR, factory.ZHEJIANG.code, token)
    return settings.SEALS_DIR


def move_into_token(folder: Path, code: str, token: Path) -> None:
    bundle, passphrase = folder / f"{code}.p12", folder / f"{code}.pass"
    opened = pkcs12.load_pkcs12(bundle.read_bytes(), passphrase.read_bytes().strip())
    label = f"{code}-{os.urandom(4).hex()}"
    pkcs8 = opened.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    put_key(token, pkcs8, token=TOKEN, label=label)
    certificates = [opened.cert, *opened.additional_certs]
    (folder / f"{code}.pem").write_bytes(b"".join(c.certificate.public_bytes(Encoding.PEM) for c in certificates))
    (folder / f"{code}.pkcs11").write_text(json.dumps({"module": module(), "token": TOKEN, "key": label}))
    passphrase.write_text(PIN)
    bundle.unlink()


def test_certificate_is_sealed_by_a_token_and_a_file(folder):
    certificate = factory.make_certificate(now=NOW)
    check = check_pdf(read_file(certificate.file), now=NOW)
    assert check.is_intact
    assert check.is_trusted
    assert check.seals[0].key_id == seal_key(factory.ZHEJIANG.code).key_id


def test_token_that_is_away_seals_nothing_and_the_next_try_makes_one(folder):
    membership = factory.make_certifiable_member()
    description = folder / f"{factory.ZHEJIANG.code}.pkcs11"
    good = description.read_text()
    description.write_text(json.dumps(json.loads(good) | {"key": "not there"}))
    with pytest.raises(seal_tokens.SealTokenAway, match=TOKEN):
        issue_certificate(membership.pk, now=NOW)
    assert [row.state for row in Certificate.objects.all()] == [CertificateState.REQUESTED]
    description.write_text(good)
    assert issue_certificate(membership.pk, now=NOW).state == CertificateState.ISSUED
    assert Certificate.objects.count() == 1


def test_session_that_the_token_closed_is_opened_anew(folder):
    key = seal_key(factory.ZHEJIANG.code)
    key.sign(b"once")
    seal_tokens._session(module(), TOKEN, PIN, os.getpid()).close()
    assert key.sign(b"again")


def test_two_bodies_share_a_token(folder, token):
    move_into_token(folder, factory.NATIONAL.code, token)
    check = check_pdf(read_file(factory.make_certificate(now=NOW).file), now=NOW)
    assert check.is_intact
    assert len(check.seals) == 2


def test_pin_that_is_refused_is_tried_once_a_seal(folder, monkeypatch):
    """A token locks itself after a few."""
    tried = []

    def refuse(*place):
        tried.append(place)
        raise RuntimeError("wrong PIN")

    monkeypatch.setattr(seal_tokens, "_session", refuse)
    seal_tokens._key.cache_clear()
    with pytest.raises(seal_tokens.SealTokenAway):
        seal_key(factory.ZHEJIANG.code).sign(b"x")
    assert len(tried) == 1


def test_rotation_moves_a_seal_from_a_file_into_a_token(folder, token):
    """The new key lies in the token, described beside the old file; afterwards no private key is left in the folder."""
    code = factory.NATIONAL.code
    factory.make_certificate(now=NOW)
    make_next_specimen_key(folder, code, factory.NATIONAL.name, now=NOW - timedelta(days=1))
    move_into_token(folder, f"{code}.next", token)
    entry = rotate_seal_key(code, by=BOTH, now=NOW)
    assert not list(folder.glob(f"{code}*.p12"))
    assert seal_key(code).key_id == entry.key_id
    check = check_pdf(read_file(factory.make_certificate(name="李小明", now=NOW).file), now=NOW)
    assert check.is_trusted
    assert check.seals[1].key_id == entry.key_id
