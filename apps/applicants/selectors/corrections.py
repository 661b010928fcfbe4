"""Rounds of correction: whether the applicant was told, what the next round may ask about, who was not reached."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import CharField, Exists, F, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat, Replace
from django.utils.translation import gettext_lazy as _

from apps.accounts.enums import Permission
from apps.accounts.policies import ALL, association_scope
from apps.applicants.enums import Action, Field, State
from apps.applicants.models import Application, CorrectionItem, CorrectionRequest
from apps.applicants.selectors.worklist import applications_to_review
from apps.core.actor import Actor
from apps.core.clock import civil_date
from apps.core.working_days import add_working_days
from apps.mail.selectors import is_under_way, received_messages, was_received
from apps.rules.selectors import rule_clause, rule_value, working_calendar

MESSAGE = "correction_requested"
GONE_BY = timedelta(hours=1)
"""A message that has not been taken by then is worth an officer's look."""


def purpose_of(request: CorrectionRequest) -> str:
    """Under which purpose its messages go out (notifications writes them)."""
    return f"{MESSAGE}:{request.pk.hex}"


def open_correction(application: Application) -> CorrectionRequest | None:
    """What waits for the applicant's answer; a request that was never answered dies with its case."""
    if application.state != State.CORRECTION_REQUESTED:
        return None
    return application.corrections.filter(answered_at=None).prefetch_related("items__data_key").first()


def knows_of(application: Application, request: CorrectionRequest) -> bool:
    """Whether the applicant was told: the message was taken and did not come back, or they have opened the page, or
    an officer has told them on the phone (product.md, A14)."""
    return told_at(application, request) is not None


def told_at(application: Application, request: CorrectionRequest) -> datetime | None:
    """Since when the applicant knows of the request, by whatever came first; None where nobody has told them."""
    taken = received_messages().filter(case=application.reference, purpose__startswith=purpose_of(request))
    first = taken.order_by("sent_at").values_list("sent_at", flat=True).first()
    return min(filter(None, (request.opened_at, request.told_at, first)), default=None)


def telling(application: Application) -> str | None:
    """In one word how the open request stands with its applicant: opened, told, received, waiting, lost."""
    request = open_correction(application)
    if request is None:
        return None
    if request.opened_at:
        return "opened"
    if request.told_at:
        return "told"
    if was_received(application.reference, purpose_of(request)):
        return "received"
    return "waiting" if is_under_way(application.reference, purpose_of(request)) else "lost"


def freely_asked_fields(application: Application) -> frozenset[str]:
    """What may be asked without giving a reason: in the first round, and after the re-check has returned the case,
    everything; later what was asked before, and what the last answer has changed (一次性告知)."""
    rounds = list(application.corrections.prefetch_related("items").order_by("requested_at"))
    if not rounds or _came_back_since(application, rounds[-1].requested_at):
        return frozenset(Field.values)
    asked = {item.field for request in rounds for item in request.items.all()}
    return frozenset(asked | set(rounds[-1].changed_fields))


def missing_late_reason(items: Sequence[tuple[str, str]], free: Iterable[str], late_reason: str) -> list:
    """Who asks for something that could have been asked at once says why; the national body reads it."""
    late = [str(Field(field).label) for field, _note in items if field not in free]
    if not late or late_reason.strip():
        return []
    sentence = _("“%(fields)s”上次没有要求补正，申请人也没有改动。请写明为什么现在才提出，中注协会看到。")
    return [sentence % {"fields": "”“".join(late)}]


def _came_back_since(application: Application, moment: datetime) -> bool:
    return application.steps.filter(action__in=[Action.RETURN, Action.REOPEN], at__gte=moment).exists()


@dataclass(frozen=True)
class GapsDeadline:
    """Until when gaps should be told, all at once."""

    day: date
    is_past: bool
    clause: str
    days: int


def gaps_deadline(application: Application, *, today: date) -> GapsDeadline | None:
    """For the officer, while nothing was asked for yet: working days from receipt, by analogy to licensing."""
    if application.state != State.SUBMITTED or application.corrections.exists():
        return None
    received = civil_date(application.submitted_at)
    key = "application.correction_notice_days"
    days = int(rule_value(key, on=received, association_code=application.association_id))
    day = add_working_days(working_calendar(), received, days)
    return GapsDeadline(day, today > day, rule_clause(key, on=received), days)


def unreached_cases(actor: Actor, *, now: datetime) -> QuerySet[Application]:
    """Where a correction waits for somebody whom no message has reached, the longest waiting first."""
    hexadecimal = Replace(Cast(OuterRef("pk"), CharField()), Value("-"), Value(""))
    taken = received_messages().filter(
        case=OuterRef("application__reference"), purpose__startswith=Concat(Value(f"{MESSAGE}:"), hexadecimal)
    )
    unknown = CorrectionRequest.objects.filter(
        ~Exists(taken),
        application=OuterRef("pk"),
        answered_at=None,
        opened_at=None,
        told_at=None,
        requested_at__lt=now - GONE_BY,
    )
    return (
        applications_to_review(actor)
        .filter(Exists(unknown), state=State.CORRECTION_REQUESTED)
        .select_related("data_key", "association")
        .prefetch_related("corrections")
        .order_by("changed_at", "id")
    )


def late_questions(actor: Actor) -> QuerySet[CorrectionItem]:
    """For the national body: what associations asked for later than at once, with their reasons, the latest first."""
    rows = CorrectionItem.objects.filter(late_reason__isnull=False)
    if association_scope(actor, Permission.RECHECK_APPLICATION) != ALL:
        return rows.none()
    return (
        rows.select_related("data_key", "request__application__association")
        .annotate(asked_at=F("request__requested_at"))
        .order_by("-asked_at", "-id")
    )
