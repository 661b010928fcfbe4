"""An import and its rows. What a file said is sealed under the import's own key, as long as it is kept."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from apps.core.fields import EncryptedJSONField, EncryptedTextField
from apps.core.models import Row
from apps.core.triggers import guard_states
from apps.imports.enums import JobState, Outcome
from apps.imports.workflow import JOB


class Job(Row):
    kind = models.CharField(max_length=30)
    state = models.CharField(max_length=12, choices=JobState, default=JobState.UPLOADED)
    file = models.OneToOneField("documents.StoredFile", on_delete=models.PROTECT, null=True, related_name="+")
    """None where it was discarded: an archive of pictures, once it is written or nobody gave the word."""
    filename = models.CharField(max_length=200)
    data_key = models.ForeignKey("core.DataKey", on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=10)
    """Of whoever uploaded: the problems are written in it."""
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    row_count = models.PositiveIntegerField(default=0)
    failure = models.TextField(blank=True)
    """Why the file as a whole cannot be read."""
    committed_as = models.JSONField(null=True)
    """Who gave the word to write, as it was at that moment: the worker writes in this name."""
    commit_asked_at = models.DateTimeField(null=True)
    undone_as = models.JSONField(null=True)
    """Who gave the word to take back what was written."""
    undo_asked_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    claimed_until = models.DateTimeField(null=True)
    """While a worker is at it; after that, the worker is taken for dead."""
    claims = models.PositiveSmallIntegerField(default=0)
    """How often a worker has taken it since one last got a step further."""

    class Meta:
        constraints = [
            models.CheckConstraint(name="import_state_is_known", condition=Q(state__in=JobState.values)),
            models.CheckConstraint(
                name="import_is_written_on_somebodys_word",
                condition=~Q(state__in=[JobState.COMMITTING, JobState.COMMITTED])
                | Q(committed_as__isnull=False, commit_asked_at__isnull=False),
            ),
            models.CheckConstraint(
                name="import_is_undone_on_somebodys_word",
                condition=~Q(state__in=[JobState.UNDOING, JobState.UNDONE])
                | Q(undone_as__isnull=False, undo_asked_at__isnull=False),
            ),
            models.CheckConstraint(name="failed_import_says_why", condition=~Q(state=JobState.FAILED) | ~Q(failure="")),
        ]
        indexes = [
            models.Index(
                fields=["uploaded_at"],
                name="import_to_work_on",
                condition=Q(state__in=[JobState.UPLOADED, JobState.CHECKING, JobState.COMMITTING, JobState.UNDOING]),
            ),
            models.Index(fields=["kind", "-uploaded_at"], name="import_by_kind"),
        ]
        triggers = guard_states(JOB)


class JobRow(Row):
    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField()
    """As the file counts: the header is line 1."""
    values = EncryptedJSONField()
    problems = EncryptedJSONField(null=True)
    """[{"column": key, "message": sentence}]: may quote what was typed."""
    note = EncryptedTextField(null=True)
    """What the row would change, or has changed, of something that is there already."""
    outcome = models.CharField(max_length=10, choices=Outcome)
    finding = models.CharField(max_length=20, blank=True)
    """What the dry run counts it as: a key of the kind's `findings`. Says nothing of the person."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["job", "line"], name="one_import_row_per_line"),
            models.CheckConstraint(name="import_outcome_is_known", condition=Q(outcome__in=Outcome.values)),
        ]
        indexes = [models.Index(fields=["job", "outcome", "line"], name="import_rows_by_outcome")]

    @property
    def data_key(self):
        return self.job.data_key
