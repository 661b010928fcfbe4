"""The keys that sign tokens and status lists: Ed25519, one active at a time, its private half a file beside the seals.

`token-<key id>.pem` in SEALS_DIR (PKCS#8, readable by its owner only). A demo or a test makes its own, marked as
specimen in the register of keys; production signs nothing with such a key, and makes one only when told to.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from apps.audit.services import record
from apps.certificates.enums import TokenKeyAction, TokenKeyState
from apps.certificates.models import TokenKey
from apps.certificates.services.specimen_keys import write_once
from apps.certificates.workflow import TOKEN_KEY
from apps.core.actor import Actor
from apps.core.errors import PortalError, TransitionRefused

MAKER = Actor.system("certificates.token_keys")


class TokenKeyMissing(PortalError):
    code = "token_key_missing"
    message = _(
        "没有可用的二维码签名密钥。请运行 manage.py token_keys rotate 生成，或把密钥文件放回 SEALS_DIR 后重试。"
    )


@dataclass(frozen=True)
class Signer:
    """The active key with its private half."""

    row: TokenKey
    private_key: Ed25519PrivateKey

    def sign(self, message: bytes) -> bytes:
        return self.private_key.sign(message)


def active_signer(*, now: datetime) -> Signer:
    """Held until the transaction ends, so that a revocation sees all that was signed. Raises TokenKeyMissing."""
    row = _held_active_key()
    if row is None and not settings.PRODUCTION:
        row = _first_specimen_key(now=now)
    if row is None or (settings.PRODUCTION and row.is_specimen):
        raise TokenKeyMissing
    return Signer(row, _private_key(Path(settings.SEALS_DIR), row.key_id))


@transaction.atomic
def rotate_token_key(*, actor: Actor, now: datetime) -> TokenKey:
    """A new active key. The one before retires: what it has signed stays good."""
    _one_at_a_time()
    active = TokenKey.objects.select_for_update().filter(state=TokenKeyState.ACTIVE).first()
    if active is not None:
        _move(active, TokenKeyAction.RETIRE, actor=actor, now=now)
    return _make(actor=actor, now=now)


@transaction.atomic
def revoke_token_key(key_id: str, *, actor: Actor, now: datetime) -> TokenKey:
    """From now on nothing that this key signed is good. An active key gets its successor at once."""
    _one_at_a_time()
    key = TokenKey.objects.select_for_update().get(key_id=key_id)
    was_active = key.state == TokenKeyState.ACTIVE
    _move(key, TokenKeyAction.REVOKE, actor=actor, now=now)
    if was_active:
        _make(actor=actor, now=now)
    return key


def _move(key: TokenKey, action: TokenKeyAction, *, actor: Actor, now: datetime) -> None:
    if not TOKEN_KEY.allows(key.state, action):
        raise TransitionRefused(_("这把密钥已经是“%(state)s”，没有改变。") % {"state": key.get_state_display()})
    before, key.state = key.state, TOKEN_KEY.target(key.state, action)
    field = "retired_at" if action == TokenKeyAction.RETIRE else "revoked_at"
    setattr(key, field, now)
    key.save(update_fields=["state", field])
    after = {"state": key.state, "key_id": key.key_id}
    record(actor, f"token_key.{key.state}", key, now=now, before={"state": before}, after=after)


def _make(*, actor: Actor, now: datetime) -> TokenKey:
    private_key = Ed25519PrivateKey.generate()
    public_key = private_key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    key_id = hashlib.sha256(public_key).hexdigest()[:8]
    pem = private_key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    folder = Path(settings.SEALS_DIR)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    write_once(_file(folder, key_id), pem)
    key = TokenKey.objects.create(
        key_id=key_id, public_key=public_key, is_specimen=not settings.PRODUCTION, activated_at=now
    )
    record(actor, "token_key.activated", key, now=now, after={"key_id": key_id, "is_specimen": key.is_specimen})
    return key


def _held_active_key() -> TokenKey | None:
    table = TokenKey._meta.db_table
    rows = TokenKey.objects.raw(f'SELECT * FROM "{table}" WHERE state = %s FOR SHARE', [TokenKeyState.ACTIVE])
    return next(iter(rows), None)


@transaction.atomic
def _first_specimen_key(*, now: datetime) -> TokenKey:
    _one_at_a_time()
    return _held_active_key() or _make(actor=MAKER, now=now)


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('certificates.token_keys'))")


def _file(folder: Path, key_id: str) -> Path:
    return folder / f"token-{key_id}.pem"


@lru_cache(maxsize=8)
def _private_key(folder: Path, key_id: str) -> Ed25519PrivateKey:
    try:
        pem = _file(folder, key_id).read_bytes()
    except OSError as error:
        raise TokenKeyMissing from error
    return load_pem_private_key(pem, password=None)
