"""A new key for a body's seal, and what happens when a key may have been in other hands. Both take two persons."""

import asyncio
from datetime import datetime
from pathlib import Path

from asn1crypto.keys import PublicKeyInfo
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.serialization import load_der_public_key
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import PathError, ValidationError

from apps.audit.services import record
from apps.certificates.enums import SealKeyAction, SealKeyState
from apps.certificates.events import SEAL_KEY_COMPROMISED
from apps.certificates.models import RegisteredSealKey
from apps.certificates.policies import are_two_persons, can_manage_seal_keys
from apps.certificates.services.seal_files import has_next, is_half_placed, next_stem, put_in_place
from apps.certificates.services.seal_keys import SealKey, SpecimenKeyRefused, read_seal_key, seal_key, trust_roots
from apps.certificates.services.seal_register import register_seal_key
from apps.certificates.workflow import SEAL_KEY
from apps.core.actor import Actor
from apps.core.errors import NotPermitted, PortalError
from apps.outbox.services import enqueue


class TwoPersonsNeeded(NotPermitted):
    code = "two_persons_needed"
    message = _("更换印章密钥须由两位有权限的人员共同办理，各自用验证器确认。")


class NoNewSealKey(PortalError):
    code = "no_new_seal_key"

    def __init__(self, code: str):
        super().__init__(
            _("没有新密钥：请把 %(code)s.next.p12 和 %(code)s.next.pass 放入 %(folder)s 后再运行。")
            % {"code": code, "folder": settings.SEALS_DIR}
        )


class UnfitSealKey(PortalError):
    code = "unfit_seal_key"

    def __init__(self, why):
        super().__init__(_("新密钥不能使用：%(why)s 原密钥没有变动。") % {"why": why})


class CompromiseInFuture(PortalError):
    code = "compromise_in_future"
    message = _("泄露时间不能晚于现在。请填写密钥最早可能落入他人之手的时间，例如 2026-11-20T09:00。")


def rotate_seal_key(code: str, *, by: tuple[Actor, Actor], now: datetime) -> RegisteredSealKey:
    """The next key of a body seals from now on; the one before is retired, and what it has sealed stays good.

    Killed anywhere and repeated, it comes to its end. In between nothing is sealed with either key.
    """
    _authorise(by)
    folder = Path(settings.SEALS_DIR)
    half = is_half_placed(folder, code)
    fresh = read_seal_key(code, next_stem(code)) if has_next(folder, code) else seal_key(code)
    _refuse_unfit(fresh, now=now)
    entry, old_key_id = _enter(fresh, half=half or has_next(folder, code), by=by, now=now)
    if half or has_next(folder, code):
        put_in_place(folder, code, old_key_id=old_key_id)
    return entry


@transaction.atomic
def mark_compromised(key_id: str, *, since: datetime, by: tuple[Actor, Actor], now: datetime) -> RegisteredSealKey:
    """From now on a seal of this key counts only where a time stamp from before `since` speaks for it."""
    _authorise(by)
    if since > now:
        raise CompromiseInFuture
    entry = RegisteredSealKey.objects.select_for_update(of=("self",)).get(key_id=key_id)
    before = {"state": entry.state}
    entry.state = SEAL_KEY.target(entry.state, SealKeyAction.COMPROMISE)
    entry.retired_at = entry.retired_at or now
    entry.compromised_since, entry.compromise_recorded_at = since, now
    entry.save(update_fields=["state", "retired_at", "compromised_since", "compromise_recorded_at"])
    after = {"state": entry.state, "since": since.isoformat(), "with": by[1].label}
    record(by[0], SEAL_KEY_COMPROMISED, entry, now=now, before=before, after=after)
    enqueue(SEAL_KEY_COMPROMISED, {"key_id": key_id}, now=now)
    return entry


def _authorise(by: tuple[Actor, Actor]) -> None:
    if not all(can_manage_seal_keys(actor) for actor in by) or not are_two_persons(*by):
        raise TwoPersonsNeeded


@transaction.atomic
def _enter(fresh: SealKey, *, half: bool, by: tuple[Actor, Actor], now: datetime) -> tuple[RegisteredSealKey, str]:
    """The entry of the new key, and the id of the one before it. Raises NoNewSealKey where nothing is new."""
    entries = list(
        RegisteredSealKey.objects.select_for_update(of=("self",))
        .filter(association_id=fresh.code)
        .order_by("-active_from", "-pk")
    )
    known = [entry for entry in entries if entry.key_id == fresh.key_id]
    if known:
        if known[0].state != SealKeyState.ACTIVE or not half:
            raise NoNewSealKey(fresh.code)
        return known[0], next((entry.key_id for entry in entries if entry != known[0]), fresh.key_id)
    for entry in entries:
        if entry.state == SealKeyState.ACTIVE:
            _retire(entry, by=by, now=now)
    entry = register_seal_key(fresh, actor=by[0], now=now, together_with=by[1])
    return entry, entries[0].key_id if entries else fresh.key_id


def _retire(entry: RegisteredSealKey, *, by: tuple[Actor, Actor], now: datetime) -> None:
    before = {"state": entry.state}
    entry.state, entry.retired_at = SEAL_KEY.target(entry.state, SealKeyAction.RETIRE), now
    entry.save(update_fields=["state", "retired_at"])
    after = {"state": entry.state, "with": by[1].label}
    record(by[0], "seal_key.retired", entry, now=now, before=before, after=after)


def _refuse_unfit(key: SealKey, *, now: datetime) -> None:
    """A key goes into use only where it signs, in force, under a root that our own check trusts."""
    if settings.PRODUCTION and key.is_specimen:
        raise SpecimenKeyRefused(key.code)
    if not _signs(key):
        raise UnfitSealKey(_("密钥与证书不相符。"))
    context = ValidationContext(
        trust_roots=trust_roots(), other_certs=key.chain, allow_fetching=False, revocation_mode="soft-fail", moment=now
    )
    validator = CertificateValidator(key.certificate, key.chain, context)
    try:
        asyncio.run(validator.async_validate_usage({"digital_signature"}))
    except (PathError, ValidationError) as error:
        raise UnfitSealKey(_("证书不在有效期内，或者不是 roots.pem 中的机构所签发。")) from error


def _signs(key: SealKey) -> bool:
    public, message = _public(key.certificate.public_key), b"seal key probe"
    try:
        if isinstance(public, ec.EllipticCurvePublicKey):
            public.verify(key.sign(message), message, ec.ECDSA(hashes.SHA256()))
        else:
            public.verify(key.sign(message), message, padding.PKCS1v15(), hashes.SHA256())
    except InvalidSignature:
        return False
    return True


def _public(info: PublicKeyInfo):
    return load_der_public_key(info.dump())
