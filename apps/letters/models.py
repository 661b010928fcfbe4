"""English letters about a member's standing: the request, the two officers, what was stated, and the sealed file."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from apps.certificates.enums import CODE_LENGTH, CODE_SHAPE
from apps.core.fields import BlindIndexField, EncryptedJSONField, EncryptedTextField
from apps.core.models import Row, StepRow
from apps.core.triggers import guard_states, written_once
from apps.letters.enums import DECIDED_STATES, OPEN_STATES, UNDECIDED_STATES, Action, Outcome, ReissueOutcome, State
from apps.letters.workflow import LETTER

NOT_DECIDED = UNDECIDED_STATES | {State.WITHDRAWN}


def _account():
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")


def _person():
    return models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")


def _all_or_none(*columns: str) -> Q:
    return Q(**{f"{column}__isnull": True for column in columns}) | Q(
        **{f"{column}__isnull": False for column in columns}
    )


class Letter(Row):
    """What can never be false stands in Meta.constraints: PostgreSQL holds it, whoever writes."""

    reference = models.CharField(max_length=24, unique=True)
    membership = models.ForeignKey("members.Membership", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    """The account that asked."""
    data_key = models.ForeignKey("core.DataKey", on_delete=models.PROTECT, related_name="+")
    """The person's: erasing the person erases request, statement and file."""
    language = models.CharField(max_length=8, default="zh-hans")
    """In which we write to the member; the letter itself is English."""
    answers = EncryptedJSONField()
    """Addressee, purpose, English name, and what else is to be stated: what the member checked before asking."""
    purpose_index = BlindIndexField()
    """Equal for one purpose and one addressee."""
    state = models.CharField(max_length=10, choices=State, default=State.REQUESTED)
    version = models.PositiveIntegerField(default=0)
    """Goes up at each save; a form that carries an older one is stale."""
    asked_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    decide_by = models.DateField()
    decide_by_provisional = models.BooleanField(default=False)

    outcome = models.CharField(max_length=13, choices=Outcome, blank=True)
    reason_code = models.CharField(max_length=60, blank=True)
    note = EncryptedTextField(null=True)
    """Of a refusal, for the member; of a disagreement, for the first officer."""
    proposed_at = models.DateTimeField(null=True)
    proposed_by = _account()
    proposed_by_person = _person()
    decided_at = models.DateTimeField(null=True)
    decided_by = _account()
    decided_by_person = _person()

    code = models.CharField(max_length=CODE_LENGTH, blank=True)
    """What the QR carries and people type; there from the approval on."""
    statement = EncryptedJSONField(null=True)
    statement_sha256 = models.CharField(max_length=64, blank=True)
    valid_until = models.DateField(null=True)
    """The last day on which the letter is valid."""
    issued_at = models.DateTimeField(null=True)
    file = models.OneToOneField("documents.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64, blank=True)
    """Of the sealed PDF; a file that somebody holds is found by it."""
    ended_at = models.DateTimeField(null=True)
    """When the member withdrew or cancelled it, or another took its place."""
    replaced_by = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        triggers = guard_states(LETTER)
        indexes = [
            models.Index(fields=["state", "decide_by", "id"], name="letter_worklist"),
            models.Index(fields=["person", "-asked_at"], name="letter_by_person"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "purpose_index"],
                condition=Q(state__in=sorted(OPEN_STATES)),
                name="one_open_letter_per_purpose",
            ),
            models.UniqueConstraint(
                fields=["person", "purpose_index"],
                condition=Q(state=State.ISSUED),
                name="one_letter_in_force_per_purpose",
            ),
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="letter_code_is_used_once"),
            models.UniqueConstraint(fields=["sha256"], condition=~Q(sha256=""), name="one_letter_per_file"),
            models.CheckConstraint(name="letter_state_is_known", condition=Q(state__in=State.values)),
            models.CheckConstraint(name="letter_outcome_is_known", condition=Q(outcome__in=["", *Outcome.values])),
            models.CheckConstraint(name="letter_code_shape", condition=Q(code="") | Q(code__regex=CODE_SHAPE)),
            models.CheckConstraint(
                name="letter_proposal_has_its_author",
                condition=_all_or_none("proposed_at", "proposed_by", "proposed_by_person"),
            ),
            models.CheckConstraint(
                name="letter_decision_has_its_author",
                condition=_all_or_none("decided_at", "decided_by", "decided_by_person"),
            ),
            models.CheckConstraint(
                name="first_officer_is_not_the_member",
                condition=Q(proposed_by_person__isnull=True) | ~Q(proposed_by_person=F("person")),
            ),
            models.CheckConstraint(
                name="second_officer_is_neither_first_nor_the_member",
                condition=Q(decided_by_person__isnull=True)
                | (~Q(decided_by_person=F("person")) & ~Q(decided_by_person=F("proposed_by_person"))),
            ),
            models.CheckConstraint(
                name="letter_is_decided_by_two_officers",
                condition=Q(
                    state__in=sorted(DECIDED_STATES), proposed_by_person__isnull=False, decided_by_person__isnull=False
                )
                | (~Q(state__in=sorted(DECIDED_STATES)) & Q(decided_by_person__isnull=True)),
            ),
            models.CheckConstraint(
                name="proposed_letter_has_an_outcome",
                condition=~Q(state__in=[State.PROPOSED, *sorted(DECIDED_STATES)])
                | (~Q(outcome="") & Q(proposed_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="letter_refusal_has_a_reason",
                condition=Q(state=State.REFUSED, outcome=Outcome.REFUSAL) & ~Q(reason_code="")
                | (~Q(state=State.REFUSED) & (~Q(outcome=Outcome.REFUSAL) | Q(state__in=sorted(NOT_DECIDED)))),
            ),
            models.CheckConstraint(
                name="approved_letter_has_its_statement",
                condition=Q(state__in=[State.REFUSED, *sorted(NOT_DECIDED)])
                | (Q(statement__isnull=False, valid_until__isnull=False) & ~Q(code="") & ~Q(statement_sha256="")),
            ),
            models.CheckConstraint(
                name="issued_letter_has_file",
                condition=~Q(state__in=[State.ISSUED, State.REPLACED])
                | Q(issued_at__isnull=False, file__isnull=False, sha256__regex=r"^[0-9a-f]{64}$"),
            ),
            models.CheckConstraint(
                name="ended_letter_has_time",
                condition=Q(state__in=[State.WITHDRAWN, State.CANCELLED, State.REPLACED], ended_at__isnull=False)
                | (
                    ~Q(state__in=[State.WITHDRAWN, State.CANCELLED, State.REPLACED])
                    & Q(ended_at__isnull=True, replaced_by__isnull=True)
                ),
            ),
        ]

    @property
    def is_undecided(self) -> bool:
        return self.state in UNDECIDED_STATES


class Reissue(Row):
    """A letter whose seal can no longer be trusted, and what became of it. Each letter is made anew once."""

    letter = models.OneToOneField(Letter, on_delete=models.PROTECT, related_name="reissue")
    key_id = models.CharField(max_length=64)
    """Of the seal key that may have been in other hands."""
    outcome = models.CharField(max_length=10, choices=ReissueOutcome, default=ReissueOutcome.WAITING)
    new_letter = models.OneToOneField(Letter, null=True, on_delete=models.PROTECT, related_name="reissue_of")
    asked_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["asked_at"], name="reissue_waiting", condition=Q(outcome=ReissueOutcome.WAITING))
        ]
        constraints = [
            models.CheckConstraint(
                name="reissue_has_its_letter",
                condition=Q(outcome=ReissueOutcome.MADE, new_letter__isnull=False)
                | (~Q(outcome=ReissueOutcome.MADE) & Q(new_letter__isnull=True)),
            ),
            models.CheckConstraint(
                name="ended_reissue_has_time",
                condition=Q(outcome=ReissueOutcome.WAITING, done_at__isnull=True)
                | (~Q(outcome=ReissueOutcome.WAITING) & Q(done_at__isnull=False)),
            ),
        ]


class TransferConsent(Row):
    """The member's separate consent to a letter for a named body abroad (PIPL, Art. 39). Taking it back is kept."""

    letter = models.OneToOneField(Letter, on_delete=models.PROTECT, related_name="consent")
    data_key = models.ForeignKey("core.DataKey", on_delete=models.PROTECT, related_name="+")
    recipient = EncryptedTextField()
    country = models.CharField(max_length=3)
    text_version = models.CharField(max_length=20)
    """Which words were agreed to."""
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        triggers = written_once(but=("withdrawn_at",))


class Step(StepRow):
    """One step in the history of a letter."""

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="steps")
    action = models.CharField(max_length=10, choices=Action)
    from_state = models.CharField(max_length=10, choices=State)
    to_state = models.CharField(max_length=10, choices=State)

    class Meta(StepRow.Meta):
        indexes = [models.Index(fields=["letter", "at", "id"], name="letter_step_in_order")]
