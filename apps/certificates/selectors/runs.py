"""Runs: whom they concern, how far they are, what failed."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, QuerySet, Sum

from apps.associations.selectors import get_association
from apps.certificates.enums import CertificateState, Document, RunScope
from apps.certificates.models import Certificate, Chunk, Run, RunFailure
from apps.certificates.selectors.seals import sealed_without_word
from apps.members.enums import MemberKind
from apps.members.selectors import period_covers

RUNS_SHOWN = 30
FAILURES_SHOWN = 200


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
    """The certificates in force that a run of this scope looks at."""
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
    """How the members of a run stand: three queries."""
    return progress_by_run([run])[run.pk]


def progress_by_run(runs: list[Run]) -> dict[UUID, Progress]:
    """The same of several runs, in the same three queries."""
    issued = _by_run(Certificate.objects.filter(run__in=runs, issued_at__isnull=False), Count("pk"))
    kept = _by_run(Chunk.objects.filter(run__in=runs), Sum("kept"))
    failed = _by_run(RunFailure.objects.filter(run__in=runs, resolved_at__isnull=True), Count("pk"))
    return {
        run.pk: Progress(run.total, issued.get(run.pk, 0), kept.get(run.pk, 0), failed.get(run.pk, 0)) for run in runs
    }


def _by_run(rows: QuerySet, figure) -> dict[UUID, int]:
    return dict(rows.order_by("run").values_list("run").annotate(figure=figure))


def issued_in(run: Run) -> QuerySet[Certificate]:
    return Certificate.objects.filter(run=run, issued_at__isnull=False)


def open_failures(run: Run) -> QuerySet[RunFailure]:
    """The members who still wait, the first who failed first."""
    return RunFailure.objects.filter(run=run, resolved_at__isnull=True).select_related("membership").order_by("id")


def failures_by_reason(run: Run) -> list[tuple[str, int]]:
    rows = open_failures(run).order_by("reason").values_list("reason").annotate(Count("pk"))
    return list(rows)


def target_label(run: Run) -> str:
    """Whom exactly the run concerns, in the reader's language; empty where its scope says all."""
    if run.scope == RunScope.ASSOCIATION:
        return get_association(run.target).label
    if run.scope == RunScope.KIND:
        return MemberKind(run.target).label
    return run.target[:8] if run.scope == RunScope.SEAL_KEY else ""
