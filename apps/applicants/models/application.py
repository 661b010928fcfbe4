"""An application for non-practising membership, from the first saved page to the decision."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from apps.applicants.enums import OPEN_STATES, Action, Field, RollMatch, Route, State
from apps.applicants.workflow import APPLICATION
from apps.core.fields import BlindIndexField, EncryptedJSONField, EncryptedTextField
from apps.core.models import Row, StepRow
from apps.core.triggers import guard_states
from apps.people.selectors import employer_index


def _all_or_none(decision: str) -> Q:
    """A decision has a time, an account and a person, or none of them."""
    columns = [f"{decision}_at", f"{decision}_by", f"{decision}_by_person"]
    return Q(**{f"{column}__isnull": True for column in columns}) | Q(
        **{f"{column}__isnull": False for column in columns}
    )


DECIDED_BY_OTHERS = """
    IF EXISTS (
        SELECT 1 FROM applicants_step step
        LEFT JOIN people_userlink link ON link.user_id = step.actor_user_id
        WHERE step.application_id = NEW.id AND step.at <= NEW.reopened_at
        AND (step.actor_user_id IN (NEW.local_decided_by_id, NEW.national_decided_by_id)
             OR link.person_id IN (NEW.local_decided_by_person_id, NEW.national_decided_by_person_id))
    ) THEN
        RAISE EXCEPTION 'portal: who had part in a case before its appeal does not decide it again';
    END IF;
    RETURN NEW;
"""


class EmployerIndexField(BlindIndexField):
    """Follows the answers by itself, so that a list can find the applicants of one employer."""

    def pre_save(self, instance, add):
        answers = instance.__dict__.get("answers")
        if isinstance(answers, dict):
            setattr(instance, self.attname, employer_index(answers.get(Field.EMPLOYER) or ""))
        return getattr(instance, self.attname)


class Application(Row):
    """What can never be false stands in Meta.constraints: PostgreSQL holds it, whoever writes.

    `answers` keeps what the applicant typed, by enums.Field, page by page; submission checks and freezes it.
    `local_decided_by_person` is the first person, `national_decided_by_person` the second.
    """

    reference = models.CharField(max_length=24, unique=True, null=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="applications")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="applications")
    data_key = models.ForeignKey("core.DataKey", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=24, choices=State, default=State.DRAFT)
    route = models.CharField(max_length=16, choices=Route, default=Route.FRESH_PASSER)
    association = models.ForeignKey("associations.Association", on_delete=models.PROTECT, null=True, related_name="+")
    answers = EncryptedJSONField()
    employer_index = EmployerIndexField(blank=True, default="")
    photo = models.ForeignKey("documents.StoredFile", on_delete=models.PROTECT, null=True, related_name="+")
    photo_from_roll = models.BooleanField(default=False)
    """The applicant asked for the photo of the examination: `photo` is its copy, and never shown to the applicant."""
    roll_match = models.CharField(max_length=8, choices=RollMatch, blank=True)
    roll_entry = models.ForeignKey("applicants.RollEntry", on_delete=models.PROTECT, null=True, related_name="+")
    roll_chosen_at = models.DateTimeField(null=True)
    """When an officer said which line of the roll is the applicant's (`roll_entry`), or that none is."""
    roll_chosen_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    certificate_index = BlindIndexField(blank=True, default="")
    """Of the normalised certificate number: finds another case that used the same certificate."""
    register_entry = models.ForeignKey("members.Membership", on_delete=models.PROTECT, null=True, related_name="+")
    """The practising membership that an ex-practising applicant named, as it stands in the register."""
    language = models.CharField(max_length=8, default="zh-hans")
    version = models.PositiveIntegerField(default=0)
    """Goes up at each save; a form that carries an older one is stale."""

    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    """Of the first submission: the application date of every rule, and day 0 of the association's clock."""
    decide_by = models.DateField(null=True)
    """Last day of whoever must act now, written with each step and recomputed when a calendar changes."""
    decide_by_provisional = models.BooleanField(default=False)

    checks_green = models.BooleanField(default=False)
    """Whether every line of the checklist was green when it was last derived (services/checks.py): lists filter by
    it without opening what is sealed. Whoever decides derives the lines afresh."""
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    """Who handles the case; the claim lapses by time (selectors/claims.py)."""
    officer_since = models.DateTimeField(null=True)
    take_back_until = models.DateTimeField(null=True)
    """Of an agreed case: until then its officer may take the agreement back; from then on it is in the open batch."""

    local_decided_at = models.DateTimeField(null=True)
    local_decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    local_decided_by_person = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    national_decided_at = models.DateTimeField(null=True)
    national_decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    national_decided_by_person = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, related_name="+"
    )
    reason_code = models.CharField(max_length=60, blank=True)
    """Of the refusal or of the return, from the catalogue in rules."""
    reason_note = EncryptedTextField(null=True)
    batch = models.ForeignKey("applicants.Batch", on_delete=models.PROTECT, null=True, related_name="applications")
    document_number = models.CharField(max_length=60, blank=True)
    membership = models.ForeignKey("members.Membership", on_delete=models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)
    """The admission turned out wrong and was undone (Undo); the state stays, the membership is void."""

    reopened_at = models.DateTimeField(null=True)
    """When an appeal was last allowed: who took a step until then decides nothing in the new round."""

    class Meta:
        triggers = [
            *guard_states(APPLICATION),
            pgtrigger.Trigger(
                name="reopened_case_is_decided_by_others",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__reopened_at__isnull=False),
                func=DECIDED_BY_OTHERS,
            ),
        ]
        indexes = [
            models.Index(fields=["association", "state", "decide_by", "id"], name="application_worklist"),
            models.Index(fields=["state", "decide_by", "id"], name="application_by_deadline"),
            models.Index(fields=["employer_index"], condition=~Q(employer_index=""), name="application_by_employer"),
            models.Index(fields=["certificate_index"], name="application_by_certificate"),
            models.Index(fields=["association", "state", "changed_at", "id"], name="application_by_change"),
            models.Index(fields=["association", "state", "submitted_at", "id"], name="application_by_age"),
            models.Index(fields=["association", "state", "route", "decide_by", "id"], name="application_by_route"),
            models.Index(
                fields=["association", "state", "officer", "decide_by", "id"],
                name="application_by_officer",
                condition=Q(officer__isnull=False),
            ),
            models.Index(
                fields=["association", "state", "decide_by", "id"],
                name="application_green",
                condition=Q(checks_green=True),
            ),
            models.Index(
                fields=["association", "state", "decide_by", "id"],
                name="application_for_a_person",
                condition=Q(checks_green=False),
            ),
            models.Index(
                fields=["state", "decide_by", "id"], name="application_green_anywhere", condition=Q(checks_green=True)
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=Q(state=State.DRAFT), name="one_draft_per_account"),
            models.UniqueConstraint(
                fields=["person"], condition=Q(state__in=sorted(OPEN_STATES)), name="one_open_application_per_person"
            ),
            models.CheckConstraint(
                name="submitted_application_is_whole",
                condition=Q(state=State.DRAFT, submitted_at__isnull=True)
                | Q(
                    ~Q(state=State.DRAFT),
                    submitted_at__isnull=False,
                    reference__isnull=False,
                    person__isnull=False,
                    association__isnull=False,
                ),
            ),
            models.CheckConstraint(name="local_decision_has_its_author", condition=_all_or_none("local_decided")),
            models.CheckConstraint(name="national_decision_has_its_author", condition=_all_or_none("national_decided")),
            models.CheckConstraint(
                name="first_officer_is_not_the_applicant",
                condition=Q(local_decided_by_person__isnull=True) | ~Q(local_decided_by_person=F("person")),
            ),
            models.CheckConstraint(
                name="second_officer_is_neither_first_nor_applicant",
                condition=Q(national_decided_by_person__isnull=True)
                | (
                    ~Q(national_decided_by_person=F("person"))
                    & ~Q(national_decided_by_person=F("local_decided_by_person"))
                ),
            ),
            models.CheckConstraint(
                name="agreed_application_has_first_decision",
                condition=~Q(state__in=[State.AGREED, State.SENT, State.RETURNED, State.CONFIRMED, State.REFUSED])
                | Q(local_decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="sent_application_stands_in_a_batch",
                condition=~Q(state__in=[State.SENT, State.CONFIRMED]) | Q(batch__isnull=False),
            ),
            models.CheckConstraint(
                name="agreed_application_waits_outside_batches",
                condition=Q(state=State.AGREED, take_back_until__isnull=False, batch__isnull=True)
                | Q(~Q(state=State.AGREED), take_back_until__isnull=True),
            ),
            models.CheckConstraint(
                name="claim_has_officer_and_time",
                condition=Q(officer__isnull=True, officer_since__isnull=True)
                | Q(officer__isnull=False, officer_since__isnull=False),
            ),
            models.CheckConstraint(
                name="confirmed_application_has_membership",
                condition=Q(
                    ~Q(document_number=""),
                    state=State.CONFIRMED,
                    membership__isnull=False,
                    national_decided_at__isnull=False,
                )
                | Q(~Q(state=State.CONFIRMED), membership__isnull=True),
            ),
            models.CheckConstraint(
                name="only_an_admission_is_undone",
                condition=Q(undone_at__isnull=True) | Q(state=State.CONFIRMED, undone_at__gte=F("national_decided_at")),
            ),
            models.CheckConstraint(
                name="refusal_and_return_have_a_reason",
                condition=~Q(state__in=[State.REFUSED, State.RETURNED]) | ~Q(reason_code=""),
            ),
            models.CheckConstraint(
                name="waiting_application_has_a_deadline",
                condition=~Q(state__in=[State.SUBMITTED, State.CORRECTION_REQUESTED, State.SENT, State.RETURNED])
                | Q(decide_by__isnull=False),
            ),
        ]

    @property
    def shown_photo(self):
        """What the applicant may see: the own photo. That of the roll is shown to nobody who only typed numbers."""
        return None if self.photo_from_roll else self.photo


class Step(StepRow):
    """One step in the history of an application."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="steps")
    action = models.CharField(max_length=24, choices=Action)
    from_state = models.CharField(max_length=24, choices=State)
    to_state = models.CharField(max_length=24, choices=State)

    class Meta(StepRow.Meta):
        indexes = [models.Index(fields=["application", "at", "id"], name="step_in_order")]
