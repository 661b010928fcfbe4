"""What the portal remembers of a person and a case from before: other applications, earlier returns."""

from dataclasses import dataclass
from datetime import datetime

from apps.applicants.enums import State
from apps.applicants.models import Application
from apps.applicants.selectors.worklist import applications_visible_to
from apps.core.actor import Actor
from apps.people.selectors import ids_of_person
from apps.rules.selectors import get_reason

SHOWN = 20


@dataclass(frozen=True)
class OtherCase:
    """Another application of the person. Where the officer may not open it, only that there is one, and its outcome."""

    application: Application
    can_be_opened: bool


def other_cases(actor: Actor, application: Application) -> list[OtherCase]:
    """The latest first. Three queries, each along an index: it costs the same however many cases there are."""
    rows = (
        Application.objects.filter(person_id__in=ids_of_person(application.person_id))
        .exclude(pk=application.pk)
        .exclude(state=State.DRAFT)
        .select_related("association")
        .order_by("-submitted_at", "-id")[:SHOWN]
    )
    others = list(rows)
    visible = set(applications_visible_to(actor).filter(pk__in=[row.pk for row in others]).values_list("pk", flat=True))
    return [OtherCase(row, row.pk in visible) for row in others]


@dataclass(frozen=True)
class EarlierReturn:
    at: datetime
    batch: str
    reason: object | None
    """Of the catalogue in rules."""


def earlier_returns(application: Application) -> list[EarlierReturn]:
    """Each time the re-check sent the case back, the first one first; they stay when it is agreed again."""
    items = application.batch_items.filter(returned_at__isnull=False).select_related("batch").order_by("returned_at")
    return [EarlierReturn(item.returned_at, item.batch.number, get_reason(item.reason_code)) for item in items]
