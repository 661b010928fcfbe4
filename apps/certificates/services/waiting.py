"""Documents and batches that wait for a stamp: one after another, each claimed for a while by whoever works on it.

A worker that dies leaves its claim behind, and the row comes back when that is over.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from apps.core.clock import Clock

LEASE = timedelta(minutes=5)


def work_off(claim: Callable, work: Callable, *, clock: Clock, at_once: int) -> int:
    """Claim, work, and again. Returns how many were done; ends at the first that gets no stamp, or at `at_once`."""
    done = 0
    while done < at_once:
        row = claim(now=clock())
        if row is None or not work(row, now=clock()):
            break
        done += 1
    return done


@transaction.atomic
def claim_first(*due: QuerySet, now: datetime):
    """The first row that nobody holds of the first query that has one, ours for a while; or None."""
    free = (rows.select_for_update(skip_locked=True, of=("self",)).first() for rows in due)
    row = next(filter(None, free), None)
    if row is not None:
        row.attempts = min(row.attempts + 1, 30_000)
        row.due_at = now + LEASE
        row.save(update_fields=["attempts", "due_at"])
    return row
