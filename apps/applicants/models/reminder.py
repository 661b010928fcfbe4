"""What the applicant was reminded of, so that each reminder is sent once, however often the scheduler comes by."""

from django.db import models

from apps.applicants.enums import ReminderKind
from apps.core.models import Row
from apps.core.triggers import append_only


class Reminder(Row):
    """`days`: of a draft, how many since the last change; of a correction, how many before its last day.

    `occasion` tells one span from the next: the draft's last change, or the correction's id.
    """

    application = models.ForeignKey("applicants.Application", on_delete=models.CASCADE, related_name="reminders")
    kind = models.CharField(max_length=10, choices=ReminderKind)
    occasion = models.CharField(max_length=40)
    days = models.PositiveSmallIntegerField()
    last_on = models.DateField(null=True)
    """The last day that this reminder named: nothing ends before it is over."""
    at = models.DateTimeField()

    class Meta:
        triggers = append_only(deletable=True)
        constraints = [
            models.UniqueConstraint(fields=["application", "occasion", "days"], name="each_reminder_once"),
        ]
