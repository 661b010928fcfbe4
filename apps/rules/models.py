"""Law and practice as dated rows: which value was in force on which day, and by which clause."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import get_language

from apps.core.models import Row
from apps.rules.enums import DayKind, ReasonKind


class InForce(Func):
    """The days on which a row holds, both ends included."""

    function = "DATERANGE"
    output_field = DateRangeField()


def _in_force():
    return InForce(F("in_force_from"), F("in_force_to"), RangeBoundary(inclusive_lower=True, inclusive_upper=True))


class Rule(Row):
    """One value of one rule for a span of days, for all associations or for one."""

    key = models.CharField(max_length=80)
    association = models.ForeignKey("associations.Association", on_delete=models.PROTECT, null=True, related_name="+")
    association_key = models.GeneratedField(
        expression=models.functions.Coalesce(F("association"), models.Value("")),
        output_field=models.CharField(max_length=6),
        db_persist=True,
    )
    """The association's code, or empty for all: an exclusion constraint cannot compare NULLs."""
    value = models.JSONField()
    clause_zh = models.CharField(max_length=200, blank=True)
    clause_en = models.CharField(max_length=200, blank=True)
    in_force_from = models.DateField()
    in_force_to = models.DateField(null=True)
    """The last day on which it holds; None for as yet no end."""
    test_cases = models.JSONField(default=list)
    """[{"given": {…}, "expect": …}]: what must come out, run when the row is saved and by check_rules."""
    why = models.CharField(max_length=300, blank=True)
    """Why it changed; never empty where it reaches into the past."""
    recorded_at = models.DateTimeField(null=True)
    recorded_by_label = models.CharField(max_length=120, blank=True)
    superseded_at = models.DateTimeField(null=True)
    """When another row took all its days. It stays, and no longer holds."""

    class Meta:
        indexes = [models.Index(fields=["key", "association_key", "in_force_from"], name="rule_history")]
        constraints = [
            models.CheckConstraint(
                name="rule_ends_after_it_starts",
                condition=Q(in_force_to__isnull=True) | Q(in_force_to__gte=F("in_force_from")),
            ),
            ExclusionConstraint(
                name="one_value_of_a_rule_a_day",
                condition=Q(superseded_at__isnull=True),
                expressions=[
                    ("key", RangeOperators.EQUAL),
                    ("association_key", RangeOperators.EQUAL),
                    (_in_force(), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    @property
    def clause(self) -> str:
        return _by_language(self.clause_zh, self.clause_en)


class Reason(Row):
    """A reason from the catalogue, in the words that the applicant reads."""

    code = models.CharField(max_length=60, unique=True)
    kind = models.CharField(max_length=12, choices=ReasonKind)
    text_zh = models.CharField(max_length=300)
    text_en = models.CharField(max_length=300)
    clause_zh = models.CharField(max_length=200, blank=True)
    clause_en = models.CharField(max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    in_force_from = models.DateField()
    in_force_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="reason_kind_is_known", condition=Q(kind__in=ReasonKind.values)),
        ]

    @property
    def text(self) -> str:
        return _by_language(self.text_zh, self.text_en)

    @property
    def clause(self) -> str:
        return _by_language(self.clause_zh, self.clause_en)


class CalendarYear(Row):
    """A year whose holidays the State Council has announced."""

    year = models.PositiveSmallIntegerField(unique=True)
    notice = models.CharField(max_length=120)
    """The notice's document number."""
    loaded_at = models.DateTimeField()


class CalendarDay(Row):
    """A day that the notice takes out of the plain week, or puts in."""

    year = models.ForeignKey(CalendarYear, on_delete=models.CASCADE, related_name="days")
    day = models.DateField(unique=True)
    kind = models.CharField(max_length=8, choices=DayKind)

    class Meta:
        constraints = [
            models.CheckConstraint(name="calendar_day_kind_is_known", condition=Q(kind__in=DayKind.values)),
        ]


def _by_language(zh: str, en: str) -> str:
    return en if en and (get_language() or "").startswith("en") else zh
