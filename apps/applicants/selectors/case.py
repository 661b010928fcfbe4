"""One case as an officer decides it: who may open it, the roll beside the answers, its history."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from apps.applicants.enums import Field, RollMatch
from apps.applicants.models import Application, CorrectionRequest, RollEntry, Step
from apps.applicants.selectors.roll import Piece, compare_characters, match_roll
from apps.applicants.selectors.worklist import applications_visible_to
from apps.core.actor import Actor
from apps.people.enums import IdentityType
from apps.people.selectors import normalise_identity_number, normalise_name


def get_visible_case(actor: Actor, reference: str) -> Application:
    """Raises Application.DoesNotExist for a case out of scope, as for one that does not exist."""
    return (
        applications_visible_to(actor)
        .select_related("data_key", "association", "batch", "person__data_key", "photo__data_key", "membership")
        .get(reference=reference)
    )


@dataclass(frozen=True)
class RollFinding:
    match: RollMatch
    entry: RollEntry | None


def roll_finding(application: Application) -> RollFinding:
    """What the roll says of the answers now: it may have been imported anew since the submission."""
    answers = application.answers
    match, entry = match_roll(
        answers.get(Field.CERTIFICATE_NUMBER, ""),
        answers.get(Field.NAME, ""),
        answers.get(Field.IDENTITY_TYPE, ""),
        answers.get(Field.IDENTITY_NUMBER, ""),
    )
    return RollFinding(match, entry)


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
