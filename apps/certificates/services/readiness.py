"""Whether this process can really seal, for /readyz."""

from django.conf import settings

from apps.associations.enums import NATIONAL_CODE
from apps.certificates.enums import SealKeyState
from apps.certificates.selectors.seals import registered_seal_keys
from apps.certificates.services.bounded import within
from apps.certificates.services.seal_keys import SealKeyMissing, seal_key
from apps.certificates.services.seal_register import SealKeyOutOfUse

PATIENCE = 3
"""Seconds that a token may take."""


def try_sealing() -> str:
    """`ok`, or `no key yet` in a demo or a test; raises whatever keeps the national body's seal from being set."""
    try:
        key = seal_key(NATIONAL_CODE)
    except SealKeyMissing:
        if settings.PRODUCTION:
            raise
        return "no key yet"
    known = {entry.key_id: entry.state for entry in registered_seal_keys().filter(association=NATIONAL_CODE)}
    if known and known.get(key.key_id) != SealKeyState.ACTIVE:
        raise SealKeyOutOfUse(NATIONAL_CODE)
    within(PATIENCE, lambda: key.sign(b"readyz"))
    return "ok"
