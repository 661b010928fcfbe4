"""Certificates whose seals are worth nothing any more are made anew. Repeated, it goes on where it stopped."""

import logging
from collections.abc import Callable
from uuid import UUID

from apps.certificates.enums import CertificateState
from apps.certificates.models import Certificate
from apps.certificates.selectors.seals import hashes_to_reissue
from apps.certificates.services.issuing import issue_certificate
from apps.core.clock import Clock
from apps.core.errors import PortalError

logger = logging.getLogger(__name__)


def memberships_to_reissue() -> list[UUID]:
    """Whose certificate in force has a seal that was in other hands, without a stamp from before."""
    affected = Certificate.objects.filter(state=CertificateState.ISSUED, sha256__in=hashes_to_reissue())
    return list(affected.order_by("pk").values_list("membership_id", flat=True))


def reissue_certificates(*, clock: Clock, tell: Callable[[int, int], None]) -> dict[str, int]:
    """One at a time; `tell` hears how many are done of how many. What cannot be made now stays to be done."""
    waiting, counted = memberships_to_reissue(), {"reissued": 0, "failed": 0}
    for place, membership_id in enumerate(waiting, 1):
        try:
            issue_certificate(membership_id, now=clock())
            counted["reissued"] += 1
        except PortalError as error:
            logger.warning("a certificate could not be re-issued: %s", error.code)
            counted["failed"] += 1
        tell(place, len(waiting))
    return counted
