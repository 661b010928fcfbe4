"""汇总表: the list of agreed applications that an association sends to the national body."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from apps.applicants.enums import BatchState
from apps.applicants.workflow import BATCH
from apps.core.models import Row
from apps.core.triggers import guard_states


class Batch(Row):
    """`sent_at` is day 0 of the national body's 10 working days. A batch sent by the scheduler has no `sent_by`."""

    association = models.ForeignKey("associations.Association", on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=24, unique=True)
    """As `ZJ-2026-0007`: association, year, running number."""
    state = models.CharField(max_length=8, choices=BatchState, default=BatchState.OPEN)
    opened_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decide_by = models.DateField(null=True)
    decide_by_provisional = models.BooleanField(default=False)

    class Meta:
        triggers = guard_states(BATCH)
        constraints = [
            models.UniqueConstraint(
                fields=["association"], condition=Q(state=BatchState.OPEN), name="one_open_batch_per_association"
            ),
            models.CheckConstraint(
                name="sent_batch_has_its_day",
                condition=Q(state=BatchState.OPEN, sent_at__isnull=True)
                | Q(state=BatchState.SENT, sent_at__isnull=False, decide_by__isnull=False),
            ),
        ]


class BatchItem(Row):
    """A line of a batch as it was sent. A returned case may be agreed again into a new batch; this line stays."""

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="items")
    application = models.ForeignKey("applicants.Application", on_delete=models.PROTECT, related_name="batch_items")
    line = models.PositiveIntegerField()
    returned_at = models.DateTimeField(null=True)
    reason_code = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "application"], name="case_once_in_a_batch"),
            models.UniqueConstraint(fields=["batch", "line"], name="one_case_per_line"),
            models.CheckConstraint(
                name="returned_item_has_a_reason",
                condition=Q(returned_at__isnull=True, reason_code="")
                | (Q(returned_at__isnull=False) & ~Q(reason_code="")),
            ),
        ]
