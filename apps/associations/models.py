"""The national body and the associations, and who has a seat there."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.utils.translation import get_language

from apps.accounts.enums import Role
from apps.accounts.policies import NATIONAL_ROLES
from apps.associations.enums import NATIONAL_CODE
from apps.core.models import Row


class Association(models.Model):
    """The key is the six-digit code of GB/T 2260; the national body is 000000."""

    code = models.CharField(max_length=6, primary_key=True)
    name = models.CharField(max_length=60, unique=True)
    short_name = models.CharField(max_length=30, unique=True)
    english_name = models.CharField(max_length=120, unique=True)
    english_short_name = models.CharField(max_length=60, unique=True)
    document_prefix = models.CharField(max_length=10, blank=True)
    """文号代字, where one is known: 会协, 京会协."""
    reference_prefix = models.CharField(max_length=2, unique=True)
    """The first letters of a case's reference: ZJ-2026-…"""
    firm_region_code = models.CharField(max_length=2, unique=True)
    """The first two digits of a firm's code; differs from GB/T 2260 for Shenzhen (47)."""
    phone = models.CharField(max_length=80, blank=True)
    hours = models.CharField(max_length=80, blank=True)
    english_hours = models.CharField(max_length=80, blank=True)
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["order"]
        constraints = [
            models.CheckConstraint(name="association_code_shape", condition=models.Q(code__regex=r"^[0-9]{6}$")),
            models.CheckConstraint(
                name="association_prefix_shape", condition=models.Q(reference_prefix__regex=r"^[A-Z]{2}$")
            ),
        ]

    def __str__(self):
        return self.label

    @property
    def is_national(self) -> bool:
        return self.code == NATIONAL_CODE

    @property
    def label(self) -> str:
        """The full name in the reader's language."""
        return self.english_name if _reads_english() else self.name

    @property
    def short_label(self) -> str:
        return self.english_short_name if _reads_english() else self.short_name

    @property
    def hours_label(self) -> str:
        return self.english_hours if _reads_english() else self.hours


class Seat(Row):
    """user × association × role, from the first day to the last, both included."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    association = models.ForeignKey(Association, on_delete=models.PROTECT, related_name="seats")
    role = models.CharField(max_length=20, choices=Role)
    from_on = models.DateField()
    to_on = models.DateField(null=True)
    granted_at = models.DateTimeField()
    granted_by_label = models.CharField(max_length=120)
    reviewed_at = models.DateTimeField(null=True)
    """When an administrator last found that the seat is still needed."""
    reviewed_by_label = models.CharField(max_length=120, blank=True)

    class Meta:
        indexes = [models.Index(fields=["user", "from_on"], name="seat_by_user")]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "association", "role"],
                condition=models.Q(to_on__isnull=True),
                name="one_open_seat_of_a_kind",
            ),
            models.CheckConstraint(
                name="seat_ends_after_it_starts",
                condition=models.Q(to_on__isnull=True) | models.Q(to_on__gte=models.F("from_on")),
            ),
            models.CheckConstraint(
                name="national_roles_sit_at_the_national_body",
                condition=~models.Q(role__in=sorted(NATIONAL_ROLES)) | models.Q(association=NATIONAL_CODE),
            ),
        ]


class Leave(Row):
    """Days on which an officer is away, and who looks after the cases; both days included. Gives no seat to anybody."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    cover = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    from_on = models.DateField()
    to_on = models.DateField()
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["cover", "from_on"], name="leave_by_cover")]
        constraints = [
            models.CheckConstraint(
                name="leave_ends_after_it_starts", condition=models.Q(to_on__gte=models.F("from_on"))
            ),
            models.CheckConstraint(name="nobody_covers_the_own_leave", condition=~models.Q(cover=models.F("user"))),
            ExclusionConstraint(
                name="one_leave_at_a_time",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    (
                        models.Func(
                            models.F("from_on"),
                            models.F("to_on"),
                            RangeBoundary(inclusive_lower=True, inclusive_upper=True),
                            function="DATERANGE",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]


def _reads_english() -> bool:
    return (get_language() or "").startswith("en")
