"""Archive stamps are renewed before the certificates behind them end (rule seal.renew_days), as a further revision.

What the last stamp needs to be checked for long goes in first, then a stamp over all of it. The earlier file stays a
known one. Killed anywhere and repeated, there is one renewal: claimed for a while, and closed together with the file.
"""

import logging
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from apps.audit.services import record
from apps.certificates.enums import SealLevel
from apps.certificates.models import Sealing
from apps.certificates.selectors.shared_stamps import renew_until
from apps.certificates.services.long_term import renewed
from apps.certificates.services.revocation import CertificateRevoked
from apps.certificates.services.seal_register import SEALER
from apps.certificates.services.stamping import NoStamp, Stamper, later_end, stamper, wait_after
from apps.certificates.services.upgrading import UPGRADED, place_upgrade
from apps.certificates.services.waiting import claim_first, work_off
from apps.core.clock import Clock
from apps.core.errors import DataKeyDestroyed
from apps.documents.selectors import file_by_sha256
from apps.documents.services import read_file

logger = logging.getLogger(__name__)

AT_ONCE = 200
"""Documents in one go; the next tick takes the next."""


def renew_due(*, clock: Clock) -> int:
    """Stamp once more what is due. Returns how many; ends at the first that gets no stamp."""
    return work_off(_claim, _renew, clock=clock, at_once=AT_ONCE)


def _claim(*, now: datetime) -> Sealing | None:
    ending = Sealing.objects.filter(stamp_ends_at__lte=renew_until(now), level=SealLevel.ARCHIVED)
    free = ending.filter(Q(due_at=None) | Q(due_at__lte=now))
    return claim_first(free.order_by("stamp_ends_at"), now=now)


def _renew(sealing: Sealing, *, now: datetime) -> bool:
    """False where there is no stamp to be had now: then the others need not ask."""
    file, stamps = file_by_sha256(sealing.upgraded_sha256 or sealing.sha256), stamper(now=now)
    try:
        if file is None:
            raise DataKeyDestroyed
        content = renewed(read_file(file), stamps, now=now)
        later_end(stamps, sealing.stamp_ends_at)
    except DataKeyDestroyed:
        problem = "the document is not kept any more"
        Sealing.objects.filter(pk=sealing.pk).update(due_at=None, stamp_ends_at=None, problem=problem)
        return True
    except NoStamp as reason:
        _put_off(sealing, str(reason), now=now)
        return False
    except CertificateRevoked as revoked:
        _put_off(sealing, str(revoked), now=now)
        return True
    except Exception as failure:  # one damaged file keeps no other from its stamp
        logger.exception("a stamp could not be renewed")
        _put_off(sealing, type(failure).__name__, now=now)
        return True
    _keep(sealing, file, content, stamps, now=now)
    return True


@transaction.atomic
def _keep(claimed: Sealing, file, content: bytes, stamps: Stamper, *, now: datetime) -> None:
    sealing = Sealing.objects.select_for_update().get(pk=claimed.pk)
    if sealing.upgraded_sha256 != claimed.upgraded_sha256:
        return
    before = {"stamp_ends_at": sealing.stamp_ends_at.isoformat()}
    place_upgrade(sealing, file, content, ends_at=stamps.ends_at, now=now)
    sealing.save(update_fields=UPGRADED)
    after = {
        "stamp_ends_at": sealing.stamp_ends_at.isoformat(),
        "sha256": sealing.sha256,
        "upgraded_sha256": sealing.upgraded_sha256,
    }
    record(SEALER, "sealing.renewed", sealing, now=now, before=before, after=after)


def _put_off(sealing: Sealing, problem: str, *, now: datetime) -> None:
    wait = wait_after(sealing.attempts, renewing=True)
    Sealing.objects.filter(pk=sealing.pk).update(due_at=now + wait, problem=problem[:200])
