"""Documents that were issued without the stamp they should have: the missing level is added later, as a revision.

The repaired file is the same document: its row keeps both hashes, and no other file is it. Killed anywhere and
repeated, there is one repaired file: the row is claimed for a while, and closed together with the file.
"""

import logging
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from apps.audit.services import record
from apps.certificates.enums import SealLevel
from apps.certificates.models import Sealing
from apps.certificates.selectors.seals import upgraded_sha256
from apps.certificates.services.long_term import repaired, with_document_stamp
from apps.certificates.services.revocation import CertificateRevoked, NoValidationData
from apps.certificates.services.seal_register import SEALER
from apps.certificates.services.stamping import NoStamp, Stamper, stamper, wait_after
from apps.certificates.services.upgrading import UPGRADED, place_upgrade
from apps.certificates.services.waiting import claim_first, work_off
from apps.core.clock import Clock
from apps.core.errors import DataKeyDestroyed
from apps.documents.selectors import file_by_sha256
from apps.documents.services import read_file

logger = logging.getLogger(__name__)

AT_ONCE = 200
"""Documents in one go; the next tick takes the next."""


def repair_due(*, clock: Clock) -> int:
    """Add what is missing to the documents that are due. Returns how many; ends at the first that gets no stamp."""
    return work_off(_claim, _repair, clock=clock, at_once=AT_ONCE)


def latest_file(file):
    """What a download hands out: the known upgrade of a sealed file, or the file itself."""
    upgraded = upgraded_sha256(file.sha256)
    return (file_by_sha256(upgraded) if upgraded else None) or file


def _claim(*, now: datetime) -> Sealing | None:
    lacking = Sealing.objects.filter(due_at__lte=now).exclude(level=F("wanted"))
    return claim_first(lacking.order_by("due_at"), now=now)


def _repair(sealing: Sealing, *, now: datetime) -> bool:
    """False where there is no stamp to be had now: then the others need not ask."""
    stamps = stamper(now=now)
    try:
        file = file_by_sha256(sealing.upgraded_sha256 or sealing.sha256)
        if file is None:
            raise DataKeyDestroyed
        content = read_file(file)
        content, level, problem = _as_far_as_can_be(content, sealing, stamps, now=now)
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
    _keep(sealing, file, content, stamps, level=level, problem=problem, now=now)
    return True


def _as_far_as_can_be(content: bytes, sealing: Sealing, stamps: Stamper, *, now: datetime) -> tuple[bytes, str, str]:
    """The document, its level, and why it is not the one that it should have: a stamp waits for nothing else."""
    try:
        return repaired(content, sealing.wanted, stamps, now=now), sealing.wanted, ""
    except (NoValidationData, CertificateRevoked) as failure:
        if sealing.level != SealLevel.BASIC:
            raise
        return with_document_stamp(content, stamps), SealLevel.STAMPED, str(failure)


@transaction.atomic
def _keep(claimed: Sealing, file, content: bytes, stamps: Stamper, *, level: str, problem: str, now: datetime) -> None:
    sealing = Sealing.objects.select_for_update().get(pk=claimed.pk)
    if (sealing.upgraded_sha256, sealing.level) != (claimed.upgraded_sha256, claimed.level):
        return
    before = {"level": sealing.level}
    sealing.level, sealing.stamped_at = level, sealing.stamped_at or stamps.stamped_at
    ends_at = stamps.ends_at if level == SealLevel.ARCHIVED else None
    place_upgrade(sealing, file, content, ends_at=ends_at, now=now)
    if problem:
        sealing.due_at, sealing.problem = now + wait_after(claimed.attempts, renewing=False), problem[:200]
    sealing.save(update_fields=[*UPGRADED, "level", "stamped_at"])
    after = {"level": sealing.level, "sha256": sealing.sha256, "upgraded_sha256": sealing.upgraded_sha256}
    record(SEALER, "sealing.upgraded", sealing, now=now, before=before, after=after)


def _close(sealing_id: UUID, *, problem: str) -> None:
    Sealing.objects.filter(pk=sealing_id).update(due_at=None, problem=problem)


def _put_off(sealing: Sealing, problem: str, *, now: datetime) -> None:
    wait = wait_after(sealing.attempts, renewing=False)
    Sealing.objects.filter(pk=sealing.pk).update(due_at=now + wait, problem=problem[:200])
