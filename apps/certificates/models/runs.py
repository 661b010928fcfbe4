"""Runs: many certificates issued again, a chunk of members at a time."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from apps.certificates.enums import RunFailureReason, RunScope, RunState
from apps.certificates.workflow import RUN
from apps.core.models import Row
from apps.core.triggers import guard_states


class Run(Row):
    """A scope is cut into chunks along the members' ids; what is issued already is told by the certificates."""

    scope = models.CharField(max_length=12, choices=RunScope)
    target = models.CharField(max_length=64, blank=True)
    """The association's code, the kind, or the key's id; empty where the scope needs none."""
    reason = models.CharField(max_length=300)
    state = models.CharField(max_length=8, choices=RunState, default=RunState.RUNNING)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    """None where the portal itself asked, as after a key was compromised by command."""
    asked_at = models.DateTimeField()
    total = models.PositiveIntegerField()
    """In the scope when it began."""
    issued = models.PositiveIntegerField(default=0)
    kept = models.PositiveIntegerField(default=0)
    failed = models.IntegerField(default=0)
    """Sums over the chunks that are finished: a page adds the few that are not, and never counts certificates."""
    is_told = models.BooleanField(default=True)
    """Whether the members are written to; otherwise they find the new version and a line in their account."""
    mails_until = models.DateTimeField(null=True)
    """Up to when the mails written about already are spread."""
    cut_up_to = models.UUIDField(null=True)
    """The last membership that is in a chunk; None before the first."""
    is_cut = models.BooleanField(default=False)
    """Every membership of the scope is in a chunk."""
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["scope", "target"], name="one_run_at_a_time_per_scope", condition=Q(state=RunState.RUNNING)
            ),
            models.CheckConstraint(name="run_state_is_known", condition=Q(state__in=RunState.values)),
            models.CheckConstraint(name="run_scope_is_known", condition=Q(scope__in=RunScope.values)),
            models.CheckConstraint(name="run_says_why", condition=~Q(reason="")),
        ]
        triggers = guard_states(RUN)

    @property
    def renews(self) -> bool:
        """Whether a certificate that still says what the register says is issued again all the same."""
        return self.scope not in {RunScope.OUTDATED, RunScope.NAMES}


class Chunk(Row):
    """The members of a run between two ids: (after, up to]. Of those one that is a retry has the failed ones."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="chunks")
    after = models.UUIDField(null=True)
    up_to = models.UUIDField(null=True)
    is_retry = models.BooleanField(default=False)
    size = models.PositiveIntegerField()
    issued = models.PositiveIntegerField(default=0)
    kept = models.PositiveIntegerField(default=0)
    """Looked at and left as they are: they say what the register says, or there is nothing to certify."""
    failed = models.IntegerField(default=0)
    """Newly listed as failed, less those that a retry brought off."""
    claimed_until = models.DateTimeField(null=True)
    """While a worker is at it; after that, the worker is taken for dead."""
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["run", "up_to"], name="one_chunk_per_stretch_of_members", condition=Q(is_retry=False)
            )
        ]
        indexes = [models.Index(fields=["run", "id"], name="chunk_to_work", condition=Q(finished_at__isnull=True))]


class RunFailure(Row):
    """A member whose certificate a run could not issue, and why."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="failures")
    membership = models.ForeignKey("members.Membership", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=10, choices=RunFailureReason)
    failed_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["run", "failed_at", "id"], name="run_failures", condition=Q(resolved_at__isnull=True)),
            models.Index(fields=["run", "reason"], name="run_failures_why", condition=Q(resolved_at__isnull=True)),
        ]
        constraints = [
            models.UniqueConstraint(fields=["run", "membership"], name="one_failure_per_run_and_member"),
            models.CheckConstraint(name="run_failure_is_known", condition=Q(reason__in=RunFailureReason.values)),
        ]
