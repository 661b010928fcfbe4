"""A sealed document with a further revision takes the place of the one before, which stays a known file."""

from datetime import datetime

from apps.certificates.models import EarlierUpgrade, Sealing
from apps.documents.services import store_file

UPGRADED = ("upgraded_sha256", "upgraded_at", "stamp_ends_at", "due_at", "attempts", "problem")


def place_upgrade(sealing: Sealing, file, content: bytes, *, ends_at: datetime | None, now: datetime) -> None:
    """Store it beside the original, under the same key. The caller holds the row's lock, and saves it."""
    upgrade = store_file(
        content=content, media_type=file.media_type, purpose=file.purpose, data_key=file.data_key, now=now
    )
    if sealing.upgraded_sha256:
        EarlierUpgrade.objects.create(sealing=sealing, sha256=sealing.upgraded_sha256, replaced_at=now)
    sealing.upgraded_sha256, sealing.upgraded_at, sealing.stamp_ends_at = upgrade.sha256, now, ends_at
    sealing.due_at, sealing.attempts, sealing.problem = None, 0, ""
