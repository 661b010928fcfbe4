"""Seal keys in a token (PKCS#11): the key never leaves it, and each signature is asked of it.

`<code>.pkcs11` says where, as JSON: {"module": "/usr/lib/softhsm/libsofthsm2.so", "token": "seals", "key": "330000"};
`<code>.pass` holds the PIN, `<code>.pem` the certificate and its chain. Needs the package python-pkcs11.
"""

import hashlib
import json
import logging
import os
import threading
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from asn1crypto import algos, core
from django.utils.translation import gettext_lazy as _

from apps.core.errors import PortalError

logger = logging.getLogger(__name__)

_sessions = threading.Lock()
"""A session of a token is for one at a time."""


class SealTokenAway(PortalError):
    code = "seal_token_away"

    def __init__(self, token: str):
        super().__init__(
            _("存放印章密钥的设备 %(token)s 没有应答，这次没有签章。请检查设备和 PIN；恢复后会自动重试。")
            % {"token": token}
        )


def token_signer(description: Path, pin: str) -> Callable[[bytes], bytes]:
    """Signs SHA-256 of what it is given: ECDSA in DER, or RSA PKCS#1 v1.5. Raises SealTokenAway."""
    said = json.loads(description.read_text(encoding="utf-8"))
    place = (said["module"], said["token"], said["key"], pin)

    def sign(data: bytes) -> bytes:
        with _sessions:
            try:
                return _sign(place, data)
            except Exception as failure:  # whatever a vendor's module may raise
                logger.warning("token %s: %s", said["token"], type(failure).__name__)
                raise SealTokenAway(said["token"]) from failure

    return sign


def _sign(place: tuple[str, str, str, str], data: bytes) -> bytes:
    """A session that the token has closed meanwhile is opened anew, once; a PIN that it refuses is not tried twice."""
    key = _key(*place, os.getpid())
    try:
        return _signed(key, data)
    except Exception:
        _key.cache_clear()
        _session.cache_clear()
        return _signed(_key(*place, os.getpid()), data)


def _signed(key, data: bytes) -> bytes:
    from pkcs11 import KeyType, Mechanism
    from pkcs11.util.ec import encode_ecdsa_signature

    digest = hashlib.sha256(data).digest()
    if key.key_type == KeyType.EC:
        return encode_ecdsa_signature(key.sign(digest, mechanism=Mechanism.ECDSA))
    return key.sign(_digest_info(digest), mechanism=Mechanism.RSA_PKCS)


@lru_cache(maxsize=64)
def _key(module: str, token: str, label: str, pin: str, process: int):
    import pkcs11

    session = _session(module, token, pin, process)
    return session.get_key(object_class=pkcs11.ObjectClass.PRIVATE_KEY, label=label)


@lru_cache(maxsize=8)
def _session(module: str, token: str, pin: str, process: int):
    """One a token and process: it does not survive a fork, and whoever is logged in cannot log in again."""
    import pkcs11

    place = pkcs11.lib(module).get_token(token_label=token)
    try:
        return place.open(user_pin=pin)
    except pkcs11.exceptions.UserAlreadyLoggedIn:
        return place.open()


def _digest_info(digest: bytes) -> bytes:
    """What PKCS#1 v1.5 signs."""
    return algos.DigestInfo(
        {"digest_algorithm": {"algorithm": "sha256", "parameters": core.Null()}, "digest": digest}
    ).dump()
