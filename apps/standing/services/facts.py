"""Facts are recorded once and withdrawn with a reason; nothing about them is ever rewritten."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.audit.services import record, record_each
from apps.core.actor import Actor
from apps.core.encryption import create_data_keys
from apps.core.errors import NotPermitted, RequirementsMissing, TransitionRefused
from apps.outbox.services import enqueue
from apps.people.selectors import identity_index
from apps.people.selectors.likeness import sound_index
from apps.standing.events import FACT_RECORDED, FACT_WITHDRAWN
from apps.standing.models import RecordedFact
from apps.standing.policies import can_record_facts
from apps.standing.selectors.facts import lock_fact, same_facts
from apps.standing.selectors.keys import birth_index


@dataclass(frozen=True)
class FactEntry:
    """One fact, read and normalised. Without a number, the birth date or at least the name says who it is about."""

    ground: str
    name: str
    decided_on: date
    document: str
    source: str
    identity_type: str = ""
    identity_number: str = ""
    birth_on: date | None = None
    completed_on: date | None = None

    @property
    def identity_index(self) -> str:
        return identity_index(self.identity_type, self.identity_number) if self.identity_number else ""

    @property
    def mark(self) -> tuple:
        """Two entries with the same mark are one fact told twice; without a number nobody can know that."""
        return (self.identity_index, self.ground, self.decided_on, self.document)


@transaction.atomic
def record_fact(*, actor: Actor, entry: FactEntry, now: datetime) -> RecordedFact | None:
    """Record one fact; None where it stands already. Open cases are looked at afresh."""
    [fact] = record_facts(actor=actor, entries=[entry], now=now)
    if fact is not None:
        enqueue(FACT_RECORDED, {"fact_id": str(fact.pk)}, now=now)
    return fact


@transaction.atomic
def record_facts(
    *, actor: Actor, entries: list[FactEntry], import_job=None, now: datetime
) -> list[RecordedFact | None]:
    """Record many at once, each under a key of its own. None in the place of those that stand already."""
    if not can_record_facts(actor):
        raise NotPermitted
    known = _marks_in_force(entries)
    new = [entry for entry in entries if not entry.identity_index or entry.mark not in known]
    rows = [
        _row(entry, key, actor, import_job, now) for entry, key in zip(new, create_data_keys(len(new)), strict=True)
    ]
    RecordedFact.objects.bulk_create(rows)
    record_each(actor, FACT_RECORDED, [(row, _listed(row)) for row in rows], now=now)
    made = dict(zip(map(id, new), rows, strict=True))
    return [made.get(id(entry)) for entry in entries]


@transaction.atomic
def withdraw_fact(*, actor: Actor, fact_id: UUID, why: str, now: datetime) -> RecordedFact:
    """A fact that was wrong, about somebody else, or lifted later no longer counts; it stays to be read."""
    fact = lock_fact(fact_id)
    if not can_record_facts(actor):
        raise NotPermitted
    if fact.withdrawn_at is not None:
        raise TransitionRefused(_("这条记录已经撤回。请刷新页面查看最新情况。"))
    if not why.strip():
        raise RequirementsMissing([_("请写明撤回的理由，例如：处罚决定已被法院撤销。")])
    fact.withdrawn_at, fact.withdrawn_by_label, fact.withdrawn_why = now, actor.label, why.strip()
    fact.save(update_fields=["withdrawn_at", "withdrawn_by_label", "withdrawn_why"])
    enqueue(FACT_WITHDRAWN, {"fact_id": str(fact.pk)}, now=now)
    record(actor, FACT_WITHDRAWN, fact, before=_listed(fact), after={"why": fact.withdrawn_why}, now=now)
    return fact


def _marks_in_force(entries: list[FactEntry]) -> set[tuple]:
    rows = same_facts([entry.identity_index for entry in entries])
    return set(rows.values_list("identity_index", "ground", "decided_on", "document"))


def _row(entry: FactEntry, key, actor: Actor, import_job, now: datetime) -> RecordedFact:
    return RecordedFact(
        ground=entry.ground,
        data_key=key,
        name=entry.name,
        sound_index=sound_index(entry.name),
        identity_type=entry.identity_type,
        identity_number=entry.identity_number or None,
        identity_index=entry.identity_index,
        birth_on=entry.birth_on,
        birth_index=birth_index(entry.birth_on) if entry.birth_on else "",
        decided_on=entry.decided_on,
        completed_on=entry.completed_on,
        document=entry.document,
        source=entry.source,
        import_job_id=getattr(import_job, "pk", import_job),
        recorded_at=now,
        recorded_by_label=actor.label,
    )


def _listed(row: RecordedFact) -> dict:
    return {"ground": row.ground, "decided_on": str(row.decided_on), "document": row.document}
