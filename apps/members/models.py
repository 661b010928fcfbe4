"""THE REGISTER: who is a member, of which kind, under which number, since when, and where.

Periods carry two times: when something was true (valid_from, valid_to) and when the register knew it
(recorded_at, superseded_at). Nothing is overwritten: what turns out otherwise is superseded by new rows.
"""

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from apps.core.models import Row
from apps.members.enums import CURRENT_STATUSES, EndReason, MemberKind, MembershipStatus


class DateRange(Func):
    function = "daterange"
    output_field = DateRangeField()


class TimeRange(Func):
    function = "tstzrange"
    output_field = DateTimeRangeField()


VALID = DateRange("valid_from", "valid_to")
KNOWN = TimeRange("recorded_at", "superseded_at")


class NumberSequence(models.Model):
    """The last number given under a key. Its row is locked last of all; gaps are allowed."""

    key = models.CharField(primary_key=True, max_length=40)
    last = models.PositiveBigIntegerField(default=0)


class Membership(Row):
    """One admission of one person. The row stays when the membership ends: its number is never given again."""

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="memberships")
    kind = models.CharField(max_length=14, choices=MemberKind)
    number = models.CharField(max_length=20)
    admitted_on = models.DateField()
    """The day from which the person is a member; the date that the certificate prints."""
    document_number = models.CharField(max_length=60, blank=True)
    """批复文号."""
    case = models.CharField(max_length=40, blank=True)
    import_reference = models.CharField(max_length=80, blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "number"], name="member_number_is_used_once"),
            models.UniqueConstraint(fields=["case"], condition=~Q(case=""), name="one_membership_per_case"),
            models.CheckConstraint(name="admitted_by_case_or_import", condition=~Q(case="") | ~Q(import_reference="")),
            models.CheckConstraint(name="member_kind_is_known", condition=Q(kind__in=MemberKind.values)),
            models.CheckConstraint(name="member_number_shape", condition=Q(number__regex=r"^[0-9A-Z]{4,20}$")),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="admission_stays", fields=["person", "kind", "number", "case", "import_reference"]),
            pgtrigger.Protect(name="number_never_freed", operation=pgtrigger.Delete),
        ]


class MembershipPeriod(Row):
    """What was so from one day up to, not including, another."""

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="periods")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    """The membership's person, repeated so that the database can see two memberships of one person."""
    status = models.CharField(max_length=10, choices=MembershipStatus)
    end_reason = models.CharField(max_length=12, choices=EndReason, blank=True)
    association = models.ForeignKey("associations.Association", on_delete=models.PROTECT, related_name="+")
    firm = models.ForeignKey("firms.Firm", null=True, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    """The first day on which it is no longer so; null while no end is known."""
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)
    recorded_by_case = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_truth_per_membership_and_day",
                expressions=[
                    ("membership", RangeOperators.EQUAL),
                    (VALID, RangeOperators.OVERLAPS),
                    (KNOWN, RangeOperators.OVERLAPS),
                ],
            ),
            ExclusionConstraint(
                name="one_current_membership_per_person",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    (VALID, RangeOperators.OVERLAPS),
                    (KNOWN, RangeOperators.OVERLAPS),
                ],
                condition=Q(status__in=sorted(CURRENT_STATUSES)),
            ),
            models.CheckConstraint(
                name="period_ends_after_it_starts", condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from"))
            ),
            models.CheckConstraint(
                name="superseded_after_recorded",
                condition=Q(superseded_at__isnull=True) | Q(superseded_at__gte=F("recorded_at")),
            ),
            models.CheckConstraint(
                name="end_has_its_reason",
                condition=(Q(status=MembershipStatus.ENDED) & Q(end_reason__in=EndReason.values))
                | (~Q(status=MembershipStatus.ENDED) & Q(end_reason="")),
            ),
            models.CheckConstraint(
                name="period_status_is_known",
                condition=Q(status__in=sorted(set(MembershipStatus.values) - {MembershipStatus.NOT_YET})),
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="period_stays", exclude=["superseded_at"]),
            pgtrigger.Trigger(
                name="superseded_once",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__superseded_at__isnull=False),
                func="RAISE EXCEPTION 'portal: a superseded period never changes';",
            ),
            pgtrigger.Protect(name="period_never_deleted", operation=pgtrigger.Delete),
        ]
        indexes = [models.Index(fields=["membership", "valid_from"], name="period_by_membership")]

    def covers(self, day) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)
