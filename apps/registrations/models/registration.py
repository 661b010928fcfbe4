"""A practising registration: one person, through one firm, from the agent's first page to the decision."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from apps.core.fields import BlindIndexField, EncryptedJSONField, EncryptedTextField
from apps.core.models import Row, StepRow
from apps.core.triggers import guard_states
from apps.registrations.enums import CONFIRMED_STATES, DECIDING_STATES, OPEN_STATES, Action, State
from apps.registrations.workflow import REGISTRATION

DECIDED_STATES = (State.ADMITTED, State.REFUSED)


def _account():
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")


def _person():
    return models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")


def _all_or_none(act: str, *parts: str) -> Q:
    """An act has a time, an account and (where `parts` says so) a person, or none of them."""
    columns = [f"{act}_{part}" for part in parts]
    return Q(**{f"{column}__isnull": True for column in columns}) | Q(
        **{f"{column}__isnull": False for column in columns}
    )


class Registration(Row):
    """What can never be false stands in Meta.constraints: PostgreSQL holds it, whoever writes.

    `answers` keeps what the agent typed, by enums.Field, and what the candidate declared; confirming freezes it.
    """

    reference = models.CharField(max_length=24, unique=True)
    firm = models.ForeignKey("firms.Firm", on_delete=models.PROTECT, related_name="+")
    association = models.ForeignKey("associations.Association", on_delete=models.PROTECT, related_name="+")
    agent = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    """Who began it; any agent of the firm may go on."""
    candidate_user = _account()
    """The account that confirmed: from then on, the case is its own."""
    person = _person()
    data_key = models.ForeignKey("core.DataKey", on_delete=models.PROTECT, related_name="+")
    answers = EncryptedJSONField()
    email_index = BlindIndexField(blank=True)
    """Of the candidate's address: who proves it may see the case."""
    photo = models.ForeignKey("documents.StoredFile", on_delete=models.PROTECT, null=True, related_name="+")
    language = models.CharField(max_length=8, default="zh-hans")
    """In which we write to the candidate."""
    state = models.CharField(max_length=24, choices=State, default=State.DRAFT)
    version = models.PositiveIntegerField(default=0)
    """Goes up at each save; a form that carries an older one is stale."""
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    confirmed_at = models.DateTimeField(null=True)
    committed_at = models.DateTimeField(null=True)
    committed_by = _account()
    filed_at = models.DateTimeField(null=True)
    """Of the first filing: the application date of every rule."""
    accepted_at = models.DateTimeField(null=True)
    accepted_by = _account()
    decides_inside = models.BooleanField(default=False)
    """What `practising.decide_here` said on the day of acceptance."""
    proposed_at = models.DateTimeField(null=True)
    proposed_by = _account()
    proposed_by_person = _person()
    decided_at = models.DateTimeField(null=True)
    decided_by = _account()
    decided_by_person = _person()
    extension_asked_at = models.DateTimeField(null=True)
    extension_asked_by = _account()
    extension_reason = EncryptedTextField(null=True)
    extended_at = models.DateTimeField(null=True)
    extended_by = _account()
    decide_by = models.DateField(null=True)
    """Last day of whoever must act now by law, written with each step and recomputed when a calendar changes."""
    decide_by_provisional = models.BooleanField(default=False)

    exam_confirmation = models.CharField(max_length=60, blank=True)
    """Number of the exam office's 全科合格信息确认单, where the certificate is lost."""
    exported_at = models.DateTimeField(null=True)
    """When it was last exported for the Ministry's platform."""
    import_reference = models.CharField(max_length=80, blank=True)
    """The import that brought the platform's result."""
    reason_code = models.CharField(max_length=60, blank=True)
    reason_note = EncryptedTextField(null=True)
    """What stands in the way, in the words of whoever declined, sent back or refused."""
    document_number = models.CharField(max_length=60, blank=True)
    letter = models.ForeignKey("documents.StoredFile", on_delete=models.PROTECT, null=True, related_name="+")
    """The written notice of a refusal, once it was asked for."""
    membership = models.ForeignKey("members.Membership", on_delete=models.PROTECT, null=True, related_name="+")
    reported_at = models.DateTimeField(null=True)
    """When the filing list (备案) that names it was sent."""

    class Meta:
        triggers = guard_states(REGISTRATION)
        indexes = [
            models.Index(fields=["association", "state", "decide_by", "id"], name="registration_worklist"),
            models.Index(fields=["firm", "-changed_at"], name="registration_by_firm"),
            models.Index(fields=["email_index"], name="registration_by_email"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(state__in=sorted(OPEN_STATES)), name="one_open_registration_per_person"
            ),
            models.CheckConstraint(name="registration_state_is_known", condition=Q(state__in=State.values)),
            models.CheckConstraint(
                name="registration_is_confirmed_by_the_candidate",
                condition=~Q(state__in=sorted(CONFIRMED_STATES))
                | Q(person__isnull=False, candidate_user__isnull=False, confirmed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="filed_registration_has_the_firms_word",
                condition=~Q(state__in=[State.FILED, *sorted(DECIDING_STATES), *DECIDED_STATES])
                | Q(filed_at__isnull=False, committed_at__isnull=False, committed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="accepted_registration_has_its_officer",
                condition=~Q(state__in=[*sorted(DECIDING_STATES), *DECIDED_STATES])
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
            ),
            models.CheckConstraint(
                name="proposal_has_its_author", condition=_all_or_none("proposed", "at", "by", "by_person")
            ),
            models.CheckConstraint(
                name="first_registrar_is_not_the_candidate",
                condition=Q(proposed_by_person__isnull=True) | ~Q(proposed_by_person=F("person")),
            ),
            models.CheckConstraint(
                name="second_registrar_is_neither_first_nor_candidate",
                condition=Q(decided_by_person__isnull=True)
                | (
                    ~Q(decided_by_person=F("person"))
                    & (Q(proposed_by_person__isnull=True) | ~Q(decided_by_person=F("proposed_by_person")))
                ),
            ),
            models.CheckConstraint(
                name="admitted_by_platform_or_two_officers",
                condition=~Q(state=State.ADMITTED)
                | Q(
                    Q(decides_inside=False) & ~Q(import_reference="")
                    | Q(decides_inside=True, proposed_by_person__isnull=False, decided_by_person__isnull=False),
                    membership__isnull=False,
                    decided_at__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="only_admission_gives_a_membership",
                condition=Q(state=State.ADMITTED) | Q(membership__isnull=True),
            ),
            models.CheckConstraint(
                name="registration_refusal_has_a_reason",
                condition=~Q(state=State.REFUSED) | (~Q(reason_code="") & Q(decided_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="extension_is_asked_for_first",
                condition=Q(extended_at__isnull=True)
                | Q(extension_asked_at__isnull=False, extended_by__isnull=False, extension_reason__isnull=False),
            ),
            models.CheckConstraint(
                name="waiting_registration_has_a_deadline",
                condition=~Q(state__in=[State.FILED, State.GAPS, *sorted(DECIDING_STATES)])
                | Q(decide_by__isnull=False),
            ),
        ]

    @property
    def may_be_extended(self) -> bool:
        return self.state in DECIDING_STATES and self.extension_asked_at is None

    @property
    def waits_for_extension(self) -> bool:
        return self.state in DECIDING_STATES and self.extension_asked_at is not None and self.extended_at is None


class Step(StepRow):
    """One step in the history of a registration."""

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="steps")
    action = models.CharField(max_length=24, choices=Action)
    from_state = models.CharField(max_length=24, choices=State)
    to_state = models.CharField(max_length=24, choices=State)

    class Meta(StepRow.Meta):
        indexes = [models.Index(fields=["registration", "at", "id"], name="registration_step_in_order")]
