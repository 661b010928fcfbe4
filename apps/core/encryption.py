"""Sealing personal data: AES-256-GCM under a key per person, keys wrapped by the master key; keyed blind indexes.

The keysets come from settings (files outside the database), so a copy of the database alone reads nothing.
A sealed value starts with the name of its algorithm and is bound to model, field and data key.
"""

from datetime import datetime
from functools import cache
from uuid import UUID

import tink
from django.conf import settings
from tink import aead, json_proto_keyset_format, prf, proto_keyset_format, secret_key_access

from apps.core.errors import DataKeyDestroyed
from apps.core.models import DataKey, new_id

SCHEME = b"a1:"
"""Tink AEAD, AES256_GCM."""


def create_data_key() -> DataKey:
    """A fresh key for one person (or one case that may become one), saved and wrapped."""
    key = _fresh_data_key()
    key.save(force_insert=True)
    return key


def create_data_keys(count: int) -> list[DataKey]:
    """Fresh keys for so many persons, saved with one question to the database."""
    return DataKey.objects.bulk_create(_fresh_data_key() for _number in range(count))


def _fresh_data_key() -> DataKey:
    handle = tink.new_keyset_handle(aead.aead_key_templates.AES256_GCM)
    key = DataKey(id=new_id())
    plain = proto_keyset_format.serialize(handle, secret_key_access.TOKEN)
    key.wrapped = _master().encrypt(plain, key.id.bytes)
    return key


def destroy_data_key(key: DataKey, *, now: datetime) -> None:
    """Erase a person or a case: what was sealed under the key can never be read again. There is no way back."""
    key.wrapped, key.destroyed_at = None, now
    key.save(update_fields=["wrapped", "destroyed_at"])


def seal(key: DataKey, plain: bytes, context: str) -> bytes:
    """Seal `plain` under a person's key. `context` says where the value stands; it opens only there."""
    return SCHEME + _cipher(key).encrypt(plain, _binding(key.id, context))


def open_sealed(key: DataKey, sealed: bytes, context: str) -> bytes:
    """Raises DataKeyDestroyed after an erasure, tink.TinkError where value or context was tampered with."""
    return _cipher(key).decrypt(_without_scheme(sealed), _binding(key.id, context))


def seal_for_portal(plain: bytes, context: str) -> bytes:
    """Seal something that belongs to no person's key (a TOTP secret, a mail to an unknown address)."""
    return SCHEME + _master().encrypt(plain, context.encode())


def open_for_portal(sealed: bytes, context: str) -> bytes:
    return _master().decrypt(_without_scheme(sealed), context.encode())


def blind_index(purpose: str, value: str) -> str:
    """32 hex digits that are equal exactly where `value` is equal; without the index key they say nothing.

    Normalise `value` first. `purpose` keeps indexes of different fields apart.
    """
    return _index_function().primary().compute(f"{purpose}\0{value}".encode(), 16).hex()


def _binding(key_id: UUID, context: str) -> bytes:
    return f"{context}\0{key_id}".encode()


def _without_scheme(sealed: bytes) -> bytes:
    sealed = bytes(sealed)
    if not sealed.startswith(SCHEME):
        raise tink.TinkError("unknown sealing scheme")
    return sealed[len(SCHEME) :]


def _cipher(key: DataKey) -> aead.Aead:
    if key.wrapped is None:
        raise DataKeyDestroyed
    plain = _master().decrypt(bytes(key.wrapped), key.id.bytes)
    return proto_keyset_format.parse(plain, secret_key_access.TOKEN).primitive(aead.Aead)


@cache
def _master() -> aead.Aead:
    aead.register()
    return json_proto_keyset_format.parse(settings.MASTER_KEYSET, secret_key_access.TOKEN).primitive(aead.Aead)


@cache
def _index_function() -> prf.PrfSet:
    prf.register()
    return json_proto_keyset_format.parse(settings.INDEX_KEYSET, secret_key_access.TOKEN).primitive(prf.PrfSet)
