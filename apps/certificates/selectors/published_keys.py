"""The public keys with which anybody checks what the associations issue: one document, at /verify/keys.json."""

import base64
from datetime import UTC, datetime, timedelta

from django.conf import settings

from apps.associations.selectors import all_associations
from apps.certificates.models import RegisteredSealKey, TokenKey
from apps.certificates.selectors.seals import registered_seal_keys
from apps.certificates.selectors.token_keys import token_keys

FORMAT = 1


def published_keys(*, now: datetime) -> dict:
    """What a checker needs besides the paper and the status list. Names of associations, because tokens carry codes."""
    return {
        "format": FORMAT,
        "issued_at": _moment(now),
        "next_update": _moment(now + timedelta(hours=settings.STATUS_LIST_HOURS)),
        "token_keys": [_token_key(key) for key in token_keys()],
        "seal_keys": [_seal_key(key) for key in registered_seal_keys()],
        "associations": {body.code: {"zh": body.name, "en": body.english_name} for body in all_associations()},
    }


def _token_key(key: TokenKey) -> dict:
    return {
        "key_id": key.key_id,
        "algorithm": "Ed25519",
        "public_key": base64.urlsafe_b64encode(bytes(key.public_key)).decode().rstrip("="),
        "state": key.state,
        "is_specimen": key.is_specimen,
        "activated_at": _moment(key.activated_at),
        "retired_at": _moment(key.retired_at),
        "revoked_at": _moment(key.revoked_at),
    }


def _seal_key(key: RegisteredSealKey) -> dict:
    """`certificates` in PEM, the key's own first: who trusts their root checks a PDF without us."""
    return {
        "key_id": key.key_id,
        "association": key.association_id,
        "state": key.state,
        "active_from": _moment(key.active_from),
        "retired_at": _moment(key.retired_at),
        "compromised_since": _moment(key.compromised_since),
        "certificates": key.certificate,
    }


def _moment(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat(timespec="seconds") if moment else None
