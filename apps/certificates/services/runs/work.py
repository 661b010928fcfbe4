"""What a worker does when it is woken: a chunk, and the next, until others should have their turn.

Killed at any line, the chunk comes back when its claim is over; the members who have their certificate are left out,
and of two workers at one member the second finds the work done.
"""

import logging
from datetime import datetime, timedelta

from apps.certificates.models import Chunk
from apps.certificates.services.runs.asking import wake_worker
from apps.certificates.services.runs.batches import NO_FAULT_OF_THE_MEMBER, issue_members
from apps.certificates.services.runs.chunks import (
    ClaimLost,
    claim_chunk,
    finish_chunk,
    hold_chunk,
    members_to_do,
    release_chunk,
)
from apps.core.clock import Clock

STRETCH = timedelta(seconds=60)
"""So long a worker stays before letters and first certificates have their turn; then it is woken again."""
PAUSE = timedelta(minutes=1)
"""After a disk that is full, a database or a key's token that is away: no fault of any member."""
TOGETHER = 40
"""Members in one transaction: as many hold their person's lock for a tenth of a second."""

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
        members = members_to_do(chunk, now=clock())
        for begin in range(0, len(members), TOGETHER):
            hold_chunk(chunk, now=clock())
            if clock() > until:
                release_chunk(chunk)
                return done
            batch = members[begin : begin + TOGETHER]
            kept += issue_members(chunk, batch, now=clock())
            done += len(batch)
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
