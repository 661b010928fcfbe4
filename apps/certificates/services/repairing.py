"""Documents that were issued without the stamp they should have: the missing level is added later, as a revision.

The repaired file is the same document: its row keeps both hashes, and no other file is it. Killed anywhere and
repeated, there is one repaired file: the row is claimed for a while, and closed together with the file.
"""

import logging
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F

from apps.audit.services import record
from apps.certificates.enums import SealLevel
from apps.certificates.models import Sealing
from apps.certificates.selectors.seals import upgraded_sha256
from apps.certificates.services.long_term import repaired
from apps.certificates.services.revocation import CertificateRevoked
from apps.certificates.services.seal_register import SEALER
from apps.certificates.services.stamping import NoStamp, Stamper, stamper, wait_after
from apps.core.clock import Clock
from apps.core.errors import DataKeyDestroyed
from apps.documents.selectors import file_by_sha256
from apps.documents.services import read_file, store_file

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)
UPGRADED = ("upgraded_sha256", "upgraded_at", "stamp_ends_at", "due_at", "attempts", "problem")
AT_ONCE = 200
"""Documents in one go; the next tick takes the next."""


def repair_due(*, clock: Clock) -> int:
    """Add what is missing to the documents that are due. Returns how many; ends at the first that gets no stamp."""
    done = 0
    for _turn in range(AT_ONCE):
        sealing = _claim(now=clock())
        if sealing is None or not _repair(sealing, now=clock()):
            break
        done += 1
    return done


def latest_file(file):
    """What a download hands out: the known upgrade of a sealed file, or the file itself."""
    upgraded = upgraded_sha256(file.sha256)
    return (file_by_sha256(upgraded) if upgraded else None) or file


@transaction.atomic
def _claim(*, now: datetime) -> Sealing | None:
    lacking = Sealing.objects.filter(due_at__lte=now).exclude(level=F("wanted"))
    due = lacking.select_for_update(skip_locked=True, of=("self",))
    sealing = due.order_by("due_at").first()
    if sealing is not None:
        sealing.attempts = min(sealing.attempts + 1, 30_000)
        sealing.due_at = now + LEASE
        sealing.save(update_fields=["attempts", "due_at"])
    return sealing


def _repair(sealing: Sealing, *, now: datetime) -> bool:
    """False where there is no stamp to be had now: then the others need not ask."""
    file, stamps = file_by_sha256(sealing.sha256), stamper(now=now)
    try:
        if file is None:
            raise DataKeyDestroyed
        content = repaired(read_file(file), sealing.wanted, stamps, now=now)
    except DataKeyDestroyed:
        _close(sealing.pk, problem="the document is not kept any more")
        return True
    except NoStamp as reason:
        _put_off(sealing, str(reason), now=now)
        return False
    except CertificateRevoked as revoked:
        _put_off(sealing, str(revoked), now=now)
        return True
    except Exception as failure:  # one damaged file keeps no other from its stamp
        logger.exception("a sealed document could not be upgraded")
        _put_off(sealing, type(failure).__name__, now=now)
        return True
    _keep(sealing.pk, file, content, stamps, now=now)
    return True


@transaction.atomic
def _keep(sealing_id: UUID, file, content: bytes, stamps: Stamper, *, now: datetime) -> None:
    sealing = Sealing.objects.select_for_update().get(pk=sealing_id)
    if sealing.upgraded_sha256:
        return
    upgrade = store_file(
        content=content, media_type=file.media_type, purpose=file.purpose, data_key=file.data_key, now=now
    )
    before = {"level": sealing.level}
    sealing.level, sealing.stamped_at = sealing.wanted, sealing.stamped_at or stamps.stamped_at
    sealing.upgraded_sha256, sealing.upgraded_at = upgrade.sha256, now
    sealing.stamp_ends_at = stamps.ends_at if sealing.wanted == SealLevel.ARCHIVED else None
    sealing.due_at, sealing.attempts, sealing.problem = None, 0, ""
    sealing.save(update_fields=[*UPGRADED, "level", "stamped_at"])
    after = {"level": sealing.level, "sha256": sealing.sha256, "upgraded_sha256": upgrade.sha256}
    record(SEALER, "sealing.upgraded", sealing, now=now, before=before, after=after)


def _close(sealing_id: UUID, *, problem: str) -> None:
    Sealing.objects.filter(pk=sealing_id).update(due_at=None, problem=problem)


def _put_off(sealing: Sealing, problem: str, *, now: datetime) -> None:
    wait = wait_after(sealing.attempts, renewing=False)
    Sealing.objects.filter(pk=sealing.pk).update(due_at=now + wait, problem=problem[:200])
