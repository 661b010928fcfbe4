"""The register of seal keys, and the record of each use."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from asn1crypto import pem
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from apps.audit.services import record
from apps.certificates.enums import SealKeyState, SealLevel
from apps.certificates.models import RegisteredSealKey, Sealing
from apps.certificates.services.seal_keys import SealKey
from apps.certificates.services.sealing import SealedPdf
from apps.core.actor import Actor
from apps.core.clock import civil_date
from apps.core.errors import PortalError
from apps.rules.selectors import rule_value

SEALER = Actor.system("certificates.sealing")
FIRST_REPAIR = timedelta(minutes=2)
"""How soon a level that was not to be had is tried again."""


class SealKeyOutOfUse(PortalError):
    code = "seal_key_out_of_use"

    def __init__(self, association_code: str):
        super().__init__(
            _("%(code)s 的印章密钥不是登记册中正在使用的那一把，不能用它签章。请运行 rotate_seal_key %(code)s 后重试。")
            % {"code": association_code}
        )


@transaction.atomic
def record_seal_use(sealed: Sequence[SealedPdf], *, purpose: str, now: datetime) -> None:
    """A row for each document, one record for all of them. Raises SealKeyOutOfUse; then none of them may be kept."""
    if not sealed:
        return
    registered = _in_use({key.key_id: key for document in sealed for key in document.keys}, now=now)
    # an RSA seal over the same bytes at the same time is the same document once more
    shared = purpose in rule_value("seal.shared", on=civil_date(now))
    rows = (_row(document, purpose, shared, now) for document in sealed)
    Sealing.objects.bulk_create(rows, ignore_conflicts=True)
    last = registered[sealed[-1].keys[-1].key_id]
    after = {
        "keys": sorted(registered),
        "purpose": str(purpose),
        "documents": [document.sha256 for document in sealed],
    }
    record(SEALER, "seal_key.used", last, now=now, after=after)


def register_seal_key(
    key: SealKey, *, actor: Actor = SEALER, together_with: Actor | None = None, now: datetime
) -> RegisteredSealKey:
    """Enter a body's key as the one in use. The database refuses a second one in use."""
    entry = RegisteredSealKey.objects.create(
        association_id=key.code,
        key_id=key.key_id,
        certificate=b"".join(pem.armor("CERTIFICATE", one.dump()) for one in (key.certificate, *key.chain)).decode(),
        active_from=now,
    )
    after = {"key_id": key.key_id, "association": key.code, "with": together_with.label if together_with else ""}
    record(actor, "seal_key.registered", entry, now=now, after=after)
    return entry


def _in_use(keys: dict[str, SealKey], *, now: datetime) -> dict[str, RegisteredSealKey]:
    """The entries of these keys, all in use; a body's first key is entered at its first use."""
    entries = list(RegisteredSealKey.objects.filter(association__in={key.code for key in keys.values()}))
    active = {entry.key_id: entry for entry in entries if entry.state == SealKeyState.ACTIVE}
    known_bodies = {entry.association_id for entry in entries}
    for key_id, key in keys.items():
        if key_id not in active and key.code in known_bodies:
            raise SealKeyOutOfUse(key.code)
    return {key_id: active.get(key_id) or _first(key, now=now) for key_id, key in keys.items()}


def _first(key: SealKey, *, now: datetime) -> RegisteredSealKey:
    """Two workers at once enter it once."""
    try:
        with transaction.atomic():
            return register_seal_key(key, now=now)
    except IntegrityError:
        return RegisteredSealKey.objects.get(key_id=key.key_id)


def _row(document: SealedPdf, purpose: str, shared: bool, now: datetime) -> Sealing:
    complete = document.level == document.wanted
    return Sealing(
        document=purpose,
        sha256=document.sha256,
        keys=[key.key_id for key in document.keys],
        sealed_at=document.sealed_at,
        wanted=document.wanted,
        level=document.level,
        stamped_at=document.stamped_at,
        stamp_ends_at=document.stamp_ends_at,
        shares_stamp=shared and document.wanted == SealLevel.BASIC,
        due_at=None if complete else now + FIRST_REPAIR,
        problem="" if complete else document.problem,
    )
