"""一次性告知 (注册办法 Art. 9): everything that is missing or wrong, told once."""

from django.db import models
from django.db.models import F, Q

from apps.core.fields import EncryptedTextField
from apps.core.models import Row
from apps.core.triggers import append_only
from apps.registrations.enums import Field


class GapList(Row):
    registration = models.ForeignKey("registrations.Registration", on_delete=models.CASCADE, related_name="gap_lists")
    round = models.PositiveSmallIntegerField()
    requested_at = models.DateTimeField()
    requested_by_label = models.CharField(max_length=120)
    answer_by = models.DateField()
    answered_at = models.DateTimeField(null=True)
    """When it was filed again."""
    why_again = models.CharField(max_length=500, blank=True)
    """The law allows one list; of a later one the officer says why it could not stand in the first."""

    opened_at = models.DateTimeField(null=True)
    """When somebody of the firm first saw what is asked: from then on nobody can say that they were not told."""
    told_at = models.DateTimeField(null=True)
    """When an officer told the firm on the phone, after the messages had come back."""
    told_by_label = models.CharField(max_length=120, blank=True)
    tellings = models.PositiveSmallIntegerField(default=1)
    """How often the firm was told, each time with new days to answer."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["registration", "round"], name="gap_lists_are_numbered"),
            models.UniqueConstraint(
                fields=["registration"], condition=Q(answered_at__isnull=True), name="one_open_gap_list_a_registration"
            ),
            models.CheckConstraint(
                name="gap_list_is_answered_after_it_is_asked",
                condition=Q(answered_at__isnull=True) | Q(answered_at__gte=F("requested_at")),
            ),
            models.CheckConstraint(
                name="who_told_the_firm_is_named",
                condition=Q(told_at__isnull=True, told_by_label="") | (Q(told_at__isnull=False) & ~Q(told_by_label="")),
            ),
            models.CheckConstraint(name="later_gap_list_says_why", condition=Q(round=1) | ~Q(why_again="")),
        ]


class Gap(Row):
    """One field and what is wrong with it, in the officer's words, sealed under the registration's key."""

    gap_list = models.ForeignKey(GapList, on_delete=models.CASCADE, related_name="items")
    field = models.CharField(max_length=24, choices=Field)
    note = EncryptedTextField()
    data_key = models.ForeignKey("core.DataKey", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["gap_list", "field"], name="one_gap_a_field")]


class GapReminder(Row):
    """What the firm was reminded of, so that each reminder goes out once; `days` before the last day."""

    gap_list = models.ForeignKey(GapList, on_delete=models.CASCADE, related_name="reminders")
    tellings = models.PositiveSmallIntegerField()
    """Of the list, when it was written: whoever is told anew is reminded anew."""
    days = models.PositiveSmallIntegerField()
    last_on = models.DateField()
    """The last day that this reminder named: nothing ends before it is over."""
    at = models.DateTimeField()

    class Meta:
        triggers = append_only(deletable=True)
        constraints = [
            models.UniqueConstraint(fields=["gap_list", "tellings", "days"], name="each_gap_reminder_once"),
        ]
