"""Everything that is erased by rule, of all rooms: one night's work, and one look at it beforehand."""

import logging
from datetime import datetime

from apps.certificates.services import RETAINED as CERTIFICATES
from apps.complaints.services import RETAINED as COMPLAINTS
from apps.core.actor import Actor
from apps.core.errors import NotPermitted
from apps.letters.services import RETAINED as LETTERS
from apps.movements.services import RETAINED as MOVEMENTS
from apps.rules.services import Retention, count_due, erase_by_rule
from apps.verification.services import RETAINED as VERIFICATION

logger = logging.getLogger(__name__)

RETAINED: tuple[Retention, ...] = (*CERTIFICATES, *MOVEMENTS, *COMPLAINTS, *LETTERS, *VERIFICATION)


def due_by_rule(*, now: datetime) -> dict[str, int]:
    """How many rows would go now, by what they are. Changes nothing."""
    return {retention.what: count_due(retention, now=now) for retention in RETAINED}


def erase_all_by_rule(*, actor: Actor, now: datetime) -> dict[str, int]:
    """Erase it; how many rows went. One that fails stops no other: the next night tries it again."""
    erased = {}
    for retention in RETAINED:
        try:
            erased[retention.what] = erase_by_rule(retention, actor=actor, now=now)
        except NotPermitted:
            raise
        except Exception:
            logger.exception("erasure of %s", retention.what)
    return erased
