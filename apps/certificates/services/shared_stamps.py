"""One time stamp for many documents (rule seal.shared): documents are issued without waiting, and share one later.

What waits is told by the documents' own rows, found along an index; issuing them knows nothing of batches. A batch is
closed in one transaction: its tree, a leaf for each document. Then it asks for its stamp, and years later for a further
ring, before the stamp authority's certificates end. Killed anywhere and repeated, each document is in one batch and
each ring is there once: a batch is claimed for a while, and the ring is kept together with the end of the claim.
"""

import asyncio
import hashlib
import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from apps.associations.selectors import national_body
from apps.audit.services import record
from apps.certificates.enums import SealLevel
from apps.certificates.models import Sealing, SharedStamp, StampLeaf, StampRing
from apps.certificates.selectors.shared_stamps import batches_to_renew, renew_until, stamped_text
from apps.certificates.services.seal_register import SEALER
from apps.certificates.services.stamping import NoStamp, Stamper, later_end, stamper, wait_after
from apps.certificates.services.waiting import claim_first, work_off
from apps.core.clock import Clock, civil_date
from apps.core.merkle import merkle_tree
from apps.rules.selectors import rule_value

logger = logging.getLogger(__name__)

LARGEST = 4096
"""Documents in one batch: twelve hashes lead to its root."""
AT_ONCE = 100
"""Batches in one go; the next tick takes the next."""


def share_stamps(*, clock: Clock) -> int:
    """Close the batches that are due, then ask for every ring that is. Returns how many rings came."""
    for _turn in range(AT_ONCE):
        if close_batch(now=clock()) is None:
            break
    return work_off(_claim, _add_ring, clock=clock, at_once=AT_ONCE)


@transaction.atomic
def enlist_earlier(*, now: datetime) -> int:
    """Documents of before the rule, without any stamp, wait for a batch from now on. Returns how many."""
    kinds = rule_value("seal.shared", on=civil_date(now))
    bare = Sealing.objects.filter(document__in=kinds, wanted=SealLevel.BASIC, stamped_at=None, leaf=None)
    count = bare.filter(shares_stamp=False).update(shares_stamp=True)
    after = {"kinds": kinds, "count": count}
    record(SEALER, "shared_stamp.enlisted", national_body(), now=now, after=after)
    return count


@transaction.atomic
def close_batch(*, now: datetime) -> SharedStamp | None:
    """The documents that wait longest, in one tree; None while they may wait. Two at once take different ones."""
    waiting = Sealing.objects.filter(shares_stamp=True).order_by("sealed_at")
    sealings = list(waiting.select_for_update(skip_locked=True).only("sha256", "sealed_at")[:LARGEST])
    if not sealings or (len(sealings) < LARGEST and not _has_waited(sealings[0], now)):
        return None
    root, paths = merkle_tree([bytes.fromhex(sealing.sha256) for sealing in sealings])
    shared = SharedStamp.objects.create(root=root.hex(), size=len(sealings), made_at=now, due_at=now)
    StampLeaf.objects.bulk_create(
        [
            StampLeaf(sealing=sealing, shared=shared, position=position, siblings=b"".join(path))
            for position, (sealing, path) in enumerate(zip(sealings, paths, strict=True))
        ],
        batch_size=1000,
    )
    Sealing.objects.filter(pk__in=[sealing.pk for sealing in sealings]).update(shares_stamp=False)
    return shared


def _has_waited(oldest: Sealing, now: datetime) -> bool:
    return oldest.sealed_at + timedelta(minutes=rule_value("seal.shared_minutes", on=civil_date(now))) <= now


def _claim(*, now: datetime) -> SharedStamp | None:
    """A batch that lacks its first ring, else one whose last ring is about to end: ours for a while."""
    first = SharedStamp.objects.filter(due_at__lte=now, stamped_at__isnull=True)
    ending = SharedStamp.objects.filter(pk__in=batches_to_renew(until=renew_until(now)))
    due = ending.filter(Q(due_at=None) | Q(due_at__lte=now))
    return claim_first(first.order_by("due_at"), due.order_by("ends_at"), now=now)


def _add_ring(shared: SharedStamp, *, now: datetime) -> bool:
    """False where there is no stamp to be had now: then the others need not ask."""
    tokens, stamps = [bytes(ring.token) for ring in shared.rings.all()], stamper(now=now)
    text = stamped_text(bytes.fromhex(shared.root), shared.size, tokens)
    try:
        token = asyncio.run(stamps.async_timestamp(hashlib.sha256(text).digest(), "sha256"))
        later_end(stamps, shared.ends_at)
    except NoStamp as reason:
        logger.warning("a batch stays without its stamp: %s", reason)
        wait = wait_after(shared.attempts, renewing=bool(tokens))
        SharedStamp.objects.filter(pk=shared.pk).update(due_at=now + wait, problem=str(reason)[:200])
        return False
    _keep(shared, len(tokens) + 1, token.dump(), stamps, now=now)
    return True


@transaction.atomic
def _keep(claimed: SharedStamp, number: int, token: bytes, stamps: Stamper, *, now: datetime) -> None:
    shared = SharedStamp.objects.select_for_update().get(pk=claimed.pk)
    if shared.rings.count() != number - 1:
        return
    StampRing.objects.create(shared=shared, number=number, token=token, stamped_at=stamps.stamped_at)
    shared.stamped_at = shared.stamped_at or stamps.stamped_at
    shared.ends_at, shared.due_at, shared.attempts, shared.problem = stamps.ends_at, None, 0, ""
    shared.save(update_fields=["stamped_at", "ends_at", "due_at", "attempts", "problem"])
    after = {"root": shared.root, "size": shared.size, "ring": number, "ends_at": shared.ends_at.isoformat()}
    record(SEALER, "shared_stamp.renewed" if number > 1 else "shared_stamp.set", shared, now=now, after=after)
