"""Whose turn it is at which members. A worker claims a chunk for a while and holds it by going on."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from apps.certificates.enums import RunAction, RunState
from apps.certificates.models import Chunk, Run
from apps.certificates.selectors.runs import certificates_in_scope, issued_in, open_failures
from apps.certificates.workflow import RUN
from apps.core.clock import civil_date

SIZE = 400
LEASE = timedelta(minutes=2)
"""Far longer than one batch takes, so a worker that still lives never loses its chunk."""


class ClaimLost(Exception):
    """The chunk is another worker's now, or the run was stopped: step back."""


def claim_chunk(*, now: datetime) -> Chunk | None:
    """Members that nobody works on, ours for a while: those of a worker that died first, then new ones."""
    with transaction.atomic():
        return _left_behind(now) or _cut_new(now)


def _left_behind(now: datetime) -> Chunk | None:
    chunk = (
        Chunk.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("run")
        .filter(run__state=RunState.RUNNING, finished_at__isnull=True)
        .exclude(claimed_until__gt=now)
        .order_by("id")
        .first()
    )
    if chunk is not None:
        chunk.claimed_until = now + LEASE
        chunk.save(update_fields=["claimed_until"])
    return chunk


def _cut_new(now: datetime) -> Chunk | None:
    """The next members of the oldest run along their ids, which no certificate issued meanwhile can shift."""
    running = Run.objects.select_for_update(skip_locked=True, no_key=True).filter(state=RunState.RUNNING, is_cut=False)
    for run in running.order_by("asked_at"):
        ids = list(_scope(run, now, after=run.cut_up_to)[:SIZE])
        if not ids:
            run.is_cut = True
            run.save(update_fields=["is_cut"])
            finish_run(run, now=now)
            continue
        chunk = Chunk.objects.create(
            run=run, after=run.cut_up_to, up_to=ids[-1], size=len(ids), claimed_until=now + LEASE
        )
        run.cut_up_to = ids[-1]
        run.save(update_fields=["cut_up_to"])
        return chunk
    return None


def cut_retries(run: Run) -> int:
    """Chunks of those who failed, along their ids; returns how many members they have. The caller holds the run."""
    ids = list(open_failures(run).order_by("membership_id").values_list("membership_id", flat=True))
    pieces = [ids[begin : begin + SIZE] for begin in range(0, len(ids), SIZE)]
    ends = [None, *(piece[-1] for piece in pieces)]
    Chunk.objects.bulk_create(
        Chunk(run=run, is_retry=True, after=after, up_to=piece[-1], size=len(piece))
        for after, piece in zip(ends, pieces, strict=False)
    )
    return len(ids)


def members_to_do(chunk: Chunk, *, now: datetime) -> list:
    """The memberships of a chunk for which this run has not issued a certificate yet."""
    if chunk.is_retry:
        failed = _within(open_failures(chunk.run), chunk.after, chunk.up_to)
        return list(failed.order_by("membership_id").values_list("membership_id", flat=True))
    issued = _within(issued_in(chunk.run), chunk.after, chunk.up_to)
    done = set(issued.values_list("membership_id", flat=True))
    ids = _scope(chunk.run, now, after=chunk.after, up_to=chunk.up_to)
    return [membership_id for membership_id in ids if membership_id not in done]


def _scope(run: Run, now: datetime, *, after, up_to=None):
    found = _within(certificates_in_scope(run.scope, run.target, on=civil_date(now)), after, up_to)
    return found.order_by("membership_id").values_list("membership_id", flat=True)


def _within(rows, after, up_to):
    """Those of the memberships between two ids: (after, up to]."""
    if after is not None:
        rows = rows.filter(membership_id__gt=after)
    if up_to is not None:
        rows = rows.filter(membership_id__lte=up_to)
    return rows


def hold_chunk(chunk: Chunk, *, now: datetime) -> None:
    """Still at it. Raises ClaimLost."""
    until = max(now + LEASE, chunk.claimed_until)
    ours = Chunk.objects.filter(
        pk=chunk.pk, claimed_until=chunk.claimed_until, finished_at__isnull=True, run__state=RunState.RUNNING
    )
    if not ours.update(claimed_until=until):
        raise ClaimLost
    chunk.claimed_until = until


def release_chunk(chunk: Chunk, *, until: datetime | None = None) -> None:
    """Anybody may go on (from `until` on). Does nothing where the claim is lost already."""
    Chunk.objects.filter(pk=chunk.pk, claimed_until=chunk.claimed_until).update(claimed_until=until)


def count_in(chunk: Chunk, *, issued: int = 0, failed: int = 0) -> None:
    """In the transaction that issued, or listed as failed: the figures are those of the rows."""
    if issued or failed:
        Chunk.objects.filter(pk=chunk.pk).update(issued=F("issued") + issued, failed=F("failed") + failed)


@transaction.atomic
def finish_chunk(chunk: Chunk, *, kept: int, now: datetime) -> None:
    """Every member of it is issued, kept, or listed as failed: its figures become the run's. Once, however often."""
    run = Run.objects.select_for_update(no_key=True).get(pk=chunk.run_id)
    chunk = Chunk.objects.select_for_update().get(pk=chunk.pk)
    if chunk.finished_at is not None:
        return
    chunk.finished_at, chunk.claimed_until, chunk.kept = now, None, kept
    chunk.save(update_fields=["finished_at", "claimed_until", "kept"])
    for figure in ("issued", "kept", "failed"):
        setattr(run, figure, getattr(run, figure) + getattr(chunk, figure))
    run.save(update_fields=["issued", "kept", "failed"])
    finish_run(run, now=now)


def finish_run(run: Run, *, now: datetime) -> None:
    """Where nothing is left to do. The caller holds the run's lock."""
    if run.is_cut and run.state == RunState.RUNNING and not run.chunks.filter(finished_at__isnull=True).exists():
        run.state, run.finished_at = RUN.target(run.state, RunAction.FINISH), now
        run.save(update_fields=["state", "finished_at"])
