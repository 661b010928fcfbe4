"""One case as an officer decides it: who may open it, the roll beside the answers, its history."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from apps.applicants.enums import Field, RollMatch
from apps.applicants.models import Application, CorrectionRequest, RollEntry, Step
from apps.applicants.selectors.roll import Piece, RollCandidate, compare_characters, find_on_roll
from apps.applicants.selectors.worklist import applications_visible_to
from apps.core.actor import Actor
from apps.people.enums import IdentityType
from apps.people.selectors import normalise_identity_number, normalise_name


def get_visible_case(actor: Actor, reference: str) -> Application:
    """Raises Application.DoesNotExist for a case out of scope, as for one that does not exist."""
    return (
        applications_visible_to(actor)
        .select_related("data_key", "association", "batch", "officer", "local_decided_by")
        .select_related("person__data_key", "photo__data_key", "membership")
        .select_related("register_entry__person__data_key")
        .get(reference=reference)
    )


@dataclass(frozen=True)
class RollFinding:
    """`entry` is the line that is taken for the applicant's: the nearest, or the one that an officer has chosen."""

    match: RollMatch
    entry: RollEntry | None
    candidates: list[RollCandidate] = field(default_factory=list)
    is_chosen: bool = False
    """An officer has said which line it is, or (with no `entry`) that it is none of them."""

    @property
    def must_choose(self) -> bool:
        return self.match == RollMatch.NEAR and len(self.candidates) > 1 and not self.is_chosen


def roll_finding(application: Application) -> RollFinding:
    """What the roll says of the answers now: it may have been imported anew since the submission.

    Whoever was a CPA may have no certificate of the examination: then there is nothing to ask.
    """
    answers = application.answers
    if not answers.get(Field.CERTIFICATE_NUMBER):
        return RollFinding(RollMatch.NONE, None)
    match, found = find_on_roll(
        answers.get(Field.CERTIFICATE_NUMBER, ""),
        answers.get(Field.NAME, ""),
        answers.get(Field.IDENTITY_TYPE, ""),
        answers.get(Field.IDENTITY_NUMBER, ""),
    )
    nearest = found[0].entry if found else None
    if match != RollMatch.NEAR or application.roll_chosen_at is None:
        return RollFinding(match, nearest, found)
    chosen = [candidate.entry for candidate in found if candidate.entry.pk == application.roll_entry_id]
    if application.roll_entry_id and not chosen:
        return RollFinding(
            match, nearest, found
        )  # the roll was imported anew, and the chosen line is not near any more
    return RollFinding(match, chosen[0] if chosen else None, found, is_chosen=True)


@dataclass(frozen=True)
class ComparedLine:
    """One field as the applicant wrote it (left) and as the roll has it, cut where they differ."""

    label: str
    left: list[Piece]
    right: list[Piece]

    @property
    def differs(self) -> bool:
        return any(piece.differs for piece in (*self.left, *self.right))


def compared_with_roll(application: Application, entry: RollEntry) -> list[ComparedLine]:
    answers = application.answers
    pairs = [
        (Field.CERTIFICATE_NUMBER, answers.get(Field.CERTIFICATE_NUMBER, ""), entry.certificate_number),
        (Field.NAME, normalise_name(answers.get(Field.NAME, "")), entry.name),
        (
            Field.IDENTITY_TYPE,
            identity_type_label(answers.get(Field.IDENTITY_TYPE, "")),
            identity_type_label(entry.identity_type),
        ),
        (
            Field.IDENTITY_NUMBER,
            normalise_identity_number(answers.get(Field.IDENTITY_NUMBER, "")),
            entry.identity_number,
        ),
        (Field.CERTIFICATE_ON, answers.get(Field.CERTIFICATE_ON, ""), entry.certificate_on.isoformat()),
    ]
    return [ComparedLine(field.label, *compare_characters(str(mine), str(theirs))) for field, mine, theirs in pairs]


def identity_type_label(code: str) -> str:
    return str(IdentityType(code).label) if code in IdentityType.values else code


@dataclass(frozen=True)
class HistoryLine:
    step: Step
    who: str


def history(application: Application) -> list[HistoryLine]:
    """Every step, the first one first, with who took it: the applicant, an officer by name, the portal itself."""
    return [HistoryLine(step, _who(step, application)) for step in application.steps.order_by("at", "id")]


def _who(step: Step, application: Application) -> str:
    if step.actor_user_id is None:
        return _("系统")
    return _("申请人") if step.actor_user_id == application.user_id else step.actor_label


def corrections(application: Application) -> list[CorrectionRequest]:
    """Every round, the latest first, with its items."""
    return list(application.corrections.prefetch_related("items__data_key").order_by("-requested_at"))


def visible_reference(actor: Actor, typed: str) -> str | None:
    """The reference of a visible case, as typed in any case and with spaces."""
    reference = "".join(typed.upper().split())
    return applications_visible_to(actor).filter(reference=reference).values_list("reference", flat=True).first()
