from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet

from apps.imports.enums import JobState, Outcome
from apps.imports.models import Job, JobRow

JOBS_SHOWN = 20
ROWS_SHOWN = 100


def recent_jobs(kind: str, *, uploaded_by: int | None = None) -> QuerySet[Job]:
    """The latest of a kind; only those that an account brought, where one is named."""
    own = {} if uploaded_by is None else {"uploaded_by_id": uploaded_by}
    return Job.objects.filter(kind=kind, **own).select_related("uploaded_by").order_by("-uploaded_at")[:JOBS_SHOWN]


def was_imported(kind: str) -> bool:
    """Whether a file of this kind has ever been written."""
    return Job.objects.filter(kind=kind, state=JobState.COMMITTED).exists()


def job_of_kind(kind: str, job_id, *, uploaded_by: int | None = None) -> Job | None:
    own = {} if uploaded_by is None else {"uploaded_by_id": uploaded_by}
    return Job.objects.select_related("uploaded_by", "data_key").filter(kind=kind, pk=job_id, **own).first()


@dataclass(frozen=True)
class Counts:
    total: int
    ready: int
    problem: int
    created: int
    updated: int
    unchanged: int
    refused: int
    undone: int
    kept: int

    @property
    def written(self) -> int:
        return self.created + self.updated + self.unchanged

    @property
    def to_write(self) -> int:
        return self.ready + self.written + self.refused

    @property
    def to_undo(self) -> int:
        """Written and not taken back yet; what was the same already is nobody's to take back."""
        return self.created + self.updated

    @property
    def undo_total(self) -> int:
        return self.to_undo + self.undone + self.kept


def counts_of(job: Job) -> Counts:
    """How the rows stand: one query."""
    each = {outcome.value: Count("pk", filter=Q(outcome=outcome)) for outcome in Outcome}
    return Counts(**job.rows.aggregate(total=Count("pk"), **each))


def findings_of(job: Job, labels: dict[str, str]) -> list[tuple[str, int]]:
    """How often the dry run found what, in the order of `labels`: one query."""
    found = dict(job.rows.order_by().values_list("finding").annotate(count=Count("pk")))
    return [(label, found.get(key, 0)) for key, label in labels.items()]


def faulty_rows(job: Job) -> QuerySet[JobRow]:
    """The rows with something wrong, in the file's order."""
    return job.rows.filter(outcome__in=[Outcome.PROBLEM, Outcome.REFUSED, Outcome.KEPT]).order_by("line")


def changing_rows(job: Job) -> QuerySet[JobRow]:
    """The rows that say otherwise than what is there, or have changed it, in the file's order."""
    return job.rows.filter(outcome__in=[Outcome.READY, Outcome.UPDATED], note__isnull=False).order_by("line")


def page_of_rows(job: Job, rows: QuerySet[JobRow], number: str) -> Page:
    """The page of that number; the first for what is no number, the last for one too high. Two queries."""
    page = Paginator(rows, ROWS_SHOWN).get_page(number)
    page.object_list = list(page.object_list)
    for row in page.object_list:
        row.job = job
    return page


def is_at_work(job: Job) -> bool:
    return job.state in {JobState.UPLOADED, JobState.CHECKING, JobState.COMMITTING, JobState.UNDOING}
