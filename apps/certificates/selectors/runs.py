"""Runs: whom they concern, how far they are, what failed."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet, Sum

from apps.associations.selectors import get_association
from apps.certificates.enums import CertificateState, Document, RunFailureReason, RunScope
from apps.certificates.models import Certificate, Chunk, Run, RunFailure
from apps.certificates.selectors.names import open_name_tasks
from apps.certificates.selectors.seals import sealed_without_word
from apps.core.keyset import KeysetPage, keyset_page
from apps.members.enums import MemberKind
from apps.members.selectors import period_covers

RUNS_SHOWN = 30
COUNTED_UP_TO = 1000


@dataclass(frozen=True)
class Progress:
    total: int
    issued: int
    kept: int
    failed: int

    @property
    def done(self) -> int:
        return self.issued + self.kept + self.failed

    @property
    def percent(self) -> int:
        return min(100, 100 * self.done // self.total) if self.total else 100


def certificates_in_scope(scope: str, target: str, *, on: date) -> QuerySet[Certificate]:
    """The certificates that a run of this scope looks at: those in force, or those that wait for a font."""
    if scope == RunScope.NAMES:
        waiting = open_name_tasks().order_by().values("membership")
        return Certificate.objects.filter(state=CertificateState.REQUESTED, membership__in=waiting)
    found = Certificate.objects.filter(state=CertificateState.ISSUED)
    if scope == RunScope.ASSOCIATION:
        covers = period_covers("membership__periods", on=on)
        return found.filter(covers, membership__periods__association_id=target)
    if scope == RunScope.KIND:
        return found.filter(membership__kind=target)
    if scope == RunScope.SEAL_KEY:
        sealed = sealed_without_word(target).filter(document=Document.CERTIFICATE)
        return found.filter(sha256__in=sealed.values("sha256"))
    if scope == RunScope.TOKEN_KEY:
        return found.filter(token_key__key_id=target)
    return found


def recent_runs() -> QuerySet[Run]:
    """The latest first."""
    return Run.objects.select_related("asked_by").order_by("-asked_at")[:RUNS_SHOWN]


def get_run(run_id) -> Run | None:
    return Run.objects.select_related("asked_by").filter(pk=run_id).first()


def progress_of(run: Run) -> Progress:
    """How the members of a run stand: one query."""
    return progress_by_run([run])[run.pk]


def progress_by_run(runs: list[Run]) -> dict[UUID, Progress]:
    """The same of several runs: what their rows say, and one query for the chunks that are not finished."""
    rows = Chunk.objects.filter(run__in=runs, finished_at__isnull=True).order_by("run").values("run")
    open_chunks = {row["run"]: row for row in rows.annotate(Sum("issued"), Sum("failed"))}
    return {run.pk: _progress(run, open_chunks.get(run.pk, {})) for run in runs}


def _progress(run: Run, at_work: dict) -> Progress:
    issued, failed = (getattr(run, figure) + at_work.get(f"{figure}__sum", 0) for figure in ("issued", "failed"))
    return Progress(run.total, issued, run.kept, failed)


def issued_in(run: Run) -> QuerySet[Certificate]:
    return Certificate.objects.filter(run=run, issued_at__isnull=False)


def open_failures(run: Run) -> QuerySet[RunFailure]:
    """The members who still wait, the first who failed first."""
    return RunFailure.objects.filter(run=run, resolved_at__isnull=True).order_by("failed_at", "id")


def failures_by_reason(run: Run) -> list[tuple[str, int]]:
    """How many of each reason; COUNTED_UP_TO where there are so many or more."""
    counts = [
        (reason, open_failures(run).filter(reason=reason).order_by()[:COUNTED_UP_TO].count())
        for reason in RunFailureReason.values
    ]
    return [(reason, count) for reason, count in counts if count]


def failures_page(run: Run, *, after: str, before: str) -> KeysetPage:
    """Who still waits, the first who failed first."""
    rows = open_failures(run).select_related("membership")
    return keyset_page(rows, "failed_at", after=after, before=before)


def target_label(run: Run) -> str:
    """Whom exactly the run concerns, in the reader's language; empty where its scope says all."""
    if run.scope == RunScope.ASSOCIATION:
        return get_association(run.target).label
    if run.scope == RunScope.KIND:
        return MemberKind(run.target).label
    return run.target[:8] if run.scope == RunScope.SEAL_KEY else ""
