"""Reading the recorded facts for those who keep them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from apps.people.selectors.likeness import sound_index
from apps.standing.models import RecordedFact

PAGE_SIZE = 50


@dataclass(frozen=True)
class FactPage:
    facts: list[RecordedFact]
    next_cursor: str = ""


def fact_page(*, name: str = "", after: str = "", size: int = PAGE_SIZE) -> FactPage:
    """The newest first, or those whose name sounds like `name`; from a cursor on. Two queries with the keys."""
    rows: QuerySet[RecordedFact] = RecordedFact.objects.select_related("data_key")
    if name.strip():
        rows = rows.filter(sound_index=sound_index(name))
    if cursor := _read_cursor(after):
        at, row_id = cursor
        rows = rows.filter(Q(recorded_at__lt=at) | Q(recorded_at=at, id__lt=row_id))
    found = list(rows.order_by("-recorded_at", "-id")[: size + 1])
    shown = found[:size]
    more = f"{shown[-1].recorded_at.isoformat()}~{shown[-1].pk.hex}" if len(found) > size else ""
    return FactPage(shown, more)


def get_fact(fact_id: UUID) -> RecordedFact:
    return RecordedFact.objects.select_related("data_key").get(pk=fact_id)


def lock_fact(fact_id: UUID) -> RecordedFact:
    return RecordedFact.objects.select_for_update(of=("self",)).select_related("data_key").get(pk=fact_id)


def same_facts(identity_indexes: list[str]) -> QuerySet[RecordedFact]:
    """Facts in force about these documents."""
    return RecordedFact.objects.filter(withdrawn_at=None, identity_index__in=[key for key in identity_indexes if key])


def _read_cursor(text: str) -> tuple[datetime, UUID] | None:
    try:
        at, row_id = text.split("~")
        return datetime.fromisoformat(at), UUID(row_id)
    except ValueError:
        return None
