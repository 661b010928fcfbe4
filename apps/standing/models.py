"""What associations, courts and authorities have established about persons, whether they are members or not."""

from django.db import models
from django.db.models import F, Q

from apps.core.fields import BlindIndexField, EncryptedDateField, EncryptedTextField
from apps.core.models import Row
from apps.core.triggers import written_once
from apps.people.enums import IdentityType
from apps.standing.enums import YEARLY, FactGround, Matter, Outcome


class RecordedFact(Row):
    """One ground, decided on a day by a document. Withdrawn where it was wrong or lifted; never rewritten.

    Who it is about is sealed under a key of its own. `birth_index` and `sound_index` find candidates for a likeness.
    """

    ground = models.CharField(max_length=12, choices=FactGround)
    data_key = models.ForeignKey("core.DataKey", on_delete=models.PROTECT, related_name="+")
    name = EncryptedTextField()
    sound_index = BlindIndexField()
    identity_type = models.CharField(max_length=20, choices=IdentityType, blank=True)
    identity_number = EncryptedTextField(null=True)
    identity_index = BlindIndexField(blank=True)
    birth_on = EncryptedDateField(null=True)
    birth_index = BlindIndexField(blank=True)
    decided_on = models.DateField()
    completed_on = models.DateField(null=True)
    """Of a sentence: the day on which it was served. Until then the clock does not start."""
    document = models.CharField(max_length=120)
    source = models.CharField(max_length=200)
    """Who reported it: an association, a court, the Ministry."""
    import_job = models.ForeignKey("imports.Job", on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()
    recorded_by_label = models.CharField(max_length=120)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by_label = models.CharField(max_length=120, blank=True)
    withdrawn_why = models.CharField(max_length=300, blank=True)

    class Meta:
        triggers = written_once(but=("withdrawn_at", "withdrawn_by_label", "withdrawn_why"))
        indexes = [
            models.Index(fields=["identity_index"], name="fact_by_identity", condition=~Q(identity_index="")),
            models.Index(fields=["birth_index"], name="fact_by_birth", condition=~Q(birth_index="")),
            models.Index(fields=["sound_index"], name="fact_by_sound"),
            models.Index(fields=["recorded_at", "id"], name="fact_in_order"),
        ]
        constraints = [
            models.CheckConstraint(name="fact_ground_is_known", condition=Q(ground__in=FactGround.values)),
            models.CheckConstraint(
                name="fact_number_has_type",
                condition=Q(identity_type="", identity_index="") | (~Q(identity_type="") & ~Q(identity_index="")),
            ),
            models.CheckConstraint(
                name="sentence_is_served_after_it_was_passed",
                condition=Q(completed_on__isnull=True) | Q(completed_on__gte=F("decided_on")),
            ),
            models.CheckConstraint(
                name="withdrawn_fact_says_why",
                condition=Q(withdrawn_at__isnull=True, withdrawn_why="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_why="")),
            ),
            models.UniqueConstraint(
                fields=["identity_index", "ground", "decided_on", "document"],
                condition=Q(withdrawn_at__isnull=True) & ~Q(identity_index=""),
                name="one_fact_per_person_ground_and_document",
            ),
        ]


RECORDED_MATTERS = sorted(set(Matter.values) - {Matter.MEMBERSHIP, Matter.SUSPENSION})


class MemberRecord(Row):
    """What was decided about a member, on a day or for a year: a sanction, a check, hours, dues, an open procedure.

    Withdrawn where it was wrong; never rewritten. Membership and suspension are the register's own.
    """

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    matter = models.CharField(max_length=12, choices=Matter)
    outcome = models.CharField(max_length=13, choices=Outcome)
    year = models.PositiveSmallIntegerField(null=True)
    hours = models.PositiveSmallIntegerField(null=True)
    decided_on = models.DateField()
    """Of a procedure: the day on which it began."""
    until_on = models.DateField(null=True)
    """The first day on which a procedure is over, or a sanction no longer in force."""
    document = models.CharField(max_length=120, blank=True)
    source = models.CharField(max_length=200)
    """Who reported it."""
    import_job = models.ForeignKey("imports.Job", on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()
    recorded_by_label = models.CharField(max_length=120)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by_label = models.CharField(max_length=120, blank=True)
    withdrawn_why = models.CharField(max_length=300, blank=True)

    class Meta:
        triggers = written_once(but=("until_on", "withdrawn_at", "withdrawn_by_label", "withdrawn_why"))
        indexes = [
            models.Index(fields=["person", "matter"], name="member_record_by_person"),
            models.Index(fields=["recorded_at", "id"], name="member_record_in_order"),
        ]
        constraints = [
            models.CheckConstraint(name="recorded_matter_is_known", condition=Q(matter__in=RECORDED_MATTERS)),
            models.CheckConstraint(name="recorded_outcome_is_known", condition=Q(outcome__in=Outcome.values)),
            models.CheckConstraint(
                name="yearly_matters_have_a_year",
                condition=Q(matter__in=sorted(YEARLY), year__isnull=False)
                | (~Q(matter__in=sorted(YEARLY)) & Q(year__isnull=True)),
            ),
            models.CheckConstraint(
                name="hours_are_of_cpe",
                condition=Q(matter=Matter.CPE, hours__isnull=False) | (~Q(matter=Matter.CPE) & Q(hours__isnull=True)),
            ),
            models.CheckConstraint(
                name="member_record_ends_after_it_begins",
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("decided_on")),
            ),
            models.CheckConstraint(
                name="withdrawn_member_record_says_why",
                condition=Q(withdrawn_at__isnull=True, withdrawn_why="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_why="")),
            ),
            models.UniqueConstraint(
                fields=["person", "matter", "year"],
                condition=Q(withdrawn_at__isnull=True, year__isnull=False),
                name="one_outcome_a_year_in_force",
            ),
        ]
