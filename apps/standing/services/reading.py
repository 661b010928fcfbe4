"""Who looked at recorded facts."""

from datetime import datetime

from apps.audit.services import record_bulk_read
from apps.core.actor import Actor
from apps.standing.models import RecordedFact


def record_fact_reading(actor: Actor, facts: list[RecordedFact], *, case: str = "", now: datetime) -> None:
    """One record for a page of them."""
    if facts:
        ids = [fact.pk for fact in facts]
        label = RecordedFact._meta.label_lower
        record_bulk_read(actor, "fact.read", label, ids, purpose="standing.facts", case=case, now=now)
