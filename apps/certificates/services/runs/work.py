"""What a worker does when it is woken: a chunk, and the next, until others should have their turn.

Killed at any line, the chunk comes back when its claim is over; the members who have their certificate are left out,
and of two workers at one member the second finds the work done.
"""

import logging
from datetime import datetime, timedelta

from celery.exceptions import SoftTimeLimitExceeded
from django.db import Error as DatabaseError
from django.db import transaction

from apps.certificates.enums import RunFailureReason
from apps.certificates.models import Chunk, RunFailure
from apps.certificates.selectors.runs import open_failures
from apps.certificates.services.issuing import issue_certificate
from apps.certificates.services.making import StatementOutdated
from apps.certificates.services.page import MissingGlyphs
from apps.certificates.services.runs.asking import wake_worker
from apps.certificates.services.runs.chunks import (
    ClaimLost,
    claim_chunk,
    finish_chunk,
    hold_chunk,
    members_to_do,
    release_chunk,
)
from apps.certificates.services.seal_keys import SealKeyMissing, SpecimenKeyRefused
from apps.certificates.services.seal_register import SealKeyOutOfUse
from apps.certificates.services.seal_tokens import SealTokenAway
from apps.certificates.services.token_keys import TokenKeyMissing
from apps.core.clock import Clock
from apps.documents.services import FileDamaged

STRETCH = timedelta(seconds=60)
"""So long a worker stays before letters and first certificates have their turn; then it is woken again."""
PAUSE = timedelta(minutes=1)
"""After a disk that is full, a database or a key's token that is away: no fault of any member."""
HOLD_EACH = 20
NO_FAULT_OF_THE_MEMBER = (
    OSError,
    DatabaseError,
    SoftTimeLimitExceeded,
    SealTokenAway,
    SealKeyOutOfUse,
    TokenKeyMissing,
)
REASONS = [
    (MissingGlyphs, RunFailureReason.GLYPHS),
    ((SealKeyMissing, SpecimenKeyRefused), RunFailureReason.SEAL_KEY),
    (FileDamaged, RunFailureReason.PHOTO),
]

logger = logging.getLogger(__name__)


def work_on_runs(*, clock: Clock) -> int:
    """Issue what waits; returns how many members were looked at. Any number of processes may do so at once."""
    done, until = 0, clock() + STRETCH
    while clock() < until:
        chunk = claim_chunk(now=clock())
        if chunk is None:
            return done
        done += _work_on(chunk, clock, until)
    wake_worker()
    return done


def _work_on(chunk: Chunk, clock: Clock, until: datetime) -> int:
    """Whatever interrupts the work (a time limit, a full disk): the claim is given back."""
    done = kept = 0
    try:
        failed = set(open_failures(chunk.run).values_list("membership_id", flat=True))
        for membership_id in members_to_do(chunk, now=clock()):
            if done % HOLD_EACH == 0:
                hold_chunk(chunk, now=clock())
                if clock() > until:
                    release_chunk(chunk)
                    return done
            kept += not _issue_one(chunk, membership_id, failed_before=membership_id in failed, now=clock())
            done += 1
        finish_chunk(chunk, kept=kept, now=clock())
    except ClaimLost:
        logger.info("certificate run %s: stopped, or another worker has taken over", chunk.run_id)
    except NO_FAULT_OF_THE_MEMBER:
        logger.exception("certificate run %s: interrupted, and tried again in a minute", chunk.run_id)
        release_chunk(chunk, until=clock() + PAUSE)
    except BaseException:
        release_chunk(chunk)
        raise
    return done


def _issue_one(chunk: Chunk, membership_id, *, failed_before: bool = False, now: datetime) -> bool:
    """Whether something came of it: a certificate, or a row that says why not. False where all stays as it is."""
    try:
        certificate = _issue(chunk, membership_id, now=now)
    except NO_FAULT_OF_THE_MEMBER:
        raise
    except Exception as failure:
        _note_failure(chunk, membership_id, failure, now=now)
        return True
    if failed_before:
        RunFailure.objects.filter(run=chunk.run, membership=membership_id).update(resolved_at=now)
    return certificate is not None and certificate.run_id == chunk.run_id


def _issue(chunk: Chunk, membership_id, *, now: datetime):
    try:
        return issue_certificate(membership_id, run=chunk.run, now=now)
    except StatementOutdated:  # the photo was changed just now; the second time freezes what is there
        return issue_certificate(membership_id, run=chunk.run, now=now)


@transaction.atomic
def _note_failure(chunk: Chunk, membership_id, failure: Exception, *, now: datetime) -> None:
    reason = next((reason for kind, reason in REASONS if isinstance(failure, kind)), RunFailureReason.OTHER)
    if reason == RunFailureReason.OTHER:
        logger.error("certificate run %s, membership %s", chunk.run_id, membership_id, exc_info=failure)
    RunFailure.objects.update_or_create(
        run=chunk.run,
        membership_id=membership_id,
        defaults={"reason": reason, "failed_at": now, "resolved_at": None},
    )
