"""What is known of seal keys and of the documents that they sealed."""

from dataclasses import dataclass
from datetime import datetime

from cryptography.x509 import load_pem_x509_certificates
from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet

from apps.certificates.enums import SealKeyState
from apps.certificates.models import EarlierUpgrade, RegisteredSealKey, Sealing, StampLeaf
from apps.certificates.selectors.shared_stamps import shared_stamp_time


def registered_seal_keys() -> QuerySet[RegisteredSealKey]:
    """Every key that ever sealed, body by body, the oldest first."""
    return RegisteredSealKey.objects.order_by("association", "active_from")


def certificate_ends_at(key: RegisteredSealKey) -> datetime:
    """When the key's own certificate ends: before that it should have been rotated."""
    return load_pem_x509_certificates(key.certificate.encode())[0].not_valid_after_utc


def original_sha256(sha256: str) -> str:
    """Of the file as it was issued, where this is the hash of a known upgrade of it; any other hash as it is."""
    issued = Sealing.objects.filter(upgraded_sha256=sha256).values_list("sha256", flat=True).first()
    earlier = EarlierUpgrade.objects.filter(sha256=sha256).values_list("sealing__sha256", flat=True)
    return issued or earlier.first() or sha256


def upgraded_sha256(sha256: str) -> str:
    """Of the known upgrade of a file; empty where there is none."""
    return Sealing.objects.filter(sha256=sha256).values_list("upgraded_sha256", flat=True).first() or ""


@dataclass(frozen=True)
class SealTrust:
    """What a compromised key means for one document; both None where no key behind its seals is compromised."""

    lost_since: datetime | None = None
    """Since when a key may have been in other hands, and no stamp is from before that."""
    kept_by: datetime | None = None
    """What the stamp says that speaks for the document all the same: it is from before."""


def seal_trust(sha256: str) -> SealTrust:
    """Asks the database once, as long as no key was ever compromised."""
    compromised = dict(
        RegisteredSealKey.objects.filter(state=SealKeyState.COMPROMISED).values_list("key_id", "compromised_since")
    )
    sealing = Sealing.objects.filter(sha256=sha256).first() if compromised else None
    since = [compromised[key_id] for key_id in sealing.keys if key_id in compromised] if sealing else []
    if not since:
        return SealTrust()
    stamps = [moment for moment in (sealing.stamped_at, shared_stamp_time(sha256)) if moment]
    stamped_at = min(stamps, default=None)
    unspoken = [moment for moment in since if stamped_at is None or stamped_at >= moment]
    return SealTrust(lost_since=min(unspoken)) if unspoken else SealTrust(kept_by=stamped_at)


def untrusted_since(sha256: str) -> datetime | None:
    """Since when a key behind this document's seals may have been in other hands, where no stamp is from before that.

    None where the seals still speak for themselves.
    """
    return seal_trust(sha256).lost_since


def untrusted_among(sha256s: list[str]) -> set[str]:
    """Those for which nothing speaks any more. Asks once for all of them, as long as no key was ever compromised."""
    keys = RegisteredSealKey.objects.filter(state=SealKeyState.COMPROMISED).values_list("key_id", flat=True)
    compromised = list(keys) if sha256s else []
    if not compromised:
        return set()
    sealed = Sealing.objects.filter(sha256__in=sha256s, keys__overlap=compromised).values_list("sha256", flat=True)
    return {sha256 for sha256 in sealed if untrusted_since(sha256)}


def sealed_without_word(key_id: str) -> QuerySet[Sealing]:
    """The documents of a key; where it is compromised, only those for which no stamp from before speaks."""
    sealed = Sealing.objects.filter(keys__contains=[key_id])
    key = RegisteredSealKey.objects.filter(key_id=key_id, state=SealKeyState.COMPROMISED).first()
    if key is None:
        return sealed
    unspoken = sealed.filter(Q(stamped_at__isnull=True) | Q(stamped_at__gte=key.compromised_since))
    shared = StampLeaf.objects.filter(sealing=OuterRef("pk"), shared__stamped_at__lt=key.compromised_since)
    return unspoken.exclude(Exists(shared))


def seals_below_their_level() -> dict:
    """{"waiting", "oldest", "problem"} of the documents that still lack a stamp: for the operator."""
    rows = Sealing.objects.filter(due_at__isnull=False).exclude(level=F("wanted"))
    found = rows.aggregate(waiting=Count("pk"), oldest=Min("sealed_at"))
    last = rows.order_by("-due_at").values_list("problem", flat=True).first()
    return {**found, "problem": last or ""}
