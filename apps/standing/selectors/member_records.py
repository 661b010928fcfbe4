"""Reading what is recorded about members."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from apps.standing.models import MemberRecord

PAGE_SIZE = 50


@dataclass(frozen=True)
class RecordPage:
    records: list[MemberRecord]
    next_cursor: str = ""


def records_about(person_id: UUID, *, known_at: datetime | None = None) -> QuerySet[MemberRecord]:
    """What holds about somebody (and rows that are the same human), the latest first; or as known at a moment."""
    same_human = Q(person_id=person_id) | Q(person__merged_into_id=person_id) | Q(person__merged=person_id)
    rows = MemberRecord.objects.filter(same_human).distinct()
    if known_at is None:
        rows = rows.filter(withdrawn_at=None)
    else:
        rows = rows.filter(Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=known_at), recorded_at__lte=known_at)
    return rows.order_by("-year", "-decided_on", "-recorded_at")


def record_page(*, person_id: UUID | None = None, after: str = "", size: int = PAGE_SIZE) -> RecordPage:
    """The newest first, withdrawn ones included; of one person where one is named. A page costs one query."""
    rows = MemberRecord.objects.select_related("person__data_key")
    if person_id is not None:
        rows = rows.filter(person_id=person_id)
    if cursor := _read_cursor(after):
        at, row_id = cursor
        rows = rows.filter(Q(recorded_at__lt=at) | Q(recorded_at=at, id__lt=row_id))
    found = list(rows.order_by("-recorded_at", "-id")[: size + 1])
    shown = found[:size]
    more = f"{shown[-1].recorded_at.isoformat()}~{shown[-1].pk.hex}" if len(found) > size else ""
    return RecordPage(shown, more)


def same_record(person_id: UUID, entry) -> MemberRecord | None:
    """The record in force that says the same: whoever brings a file twice changes nothing."""
    said = ("matter", "outcome", "year", "hours", "decided_on", "document")
    rows = MemberRecord.objects.filter(person_id=person_id, withdrawn_at=None)
    return rows.filter(**{name: getattr(entry, name) for name in said}).first()


def has_other_outcome(person_id: UUID, entry) -> bool:
    """Whether the year has an outcome in this matter already."""
    rows = MemberRecord.objects.filter(person_id=person_id, matter=entry.matter, withdrawn_at=None)
    return entry.year is not None and rows.filter(year=entry.year).exists()


def imported_records(job, person_id: UUID) -> QuerySet[MemberRecord]:
    """What an import has written about somebody and nobody has withdrawn since."""
    return MemberRecord.objects.filter(import_job=job, person_id=person_id, withdrawn_at=None)


def get_member_record(record_id: UUID) -> MemberRecord:
    return MemberRecord.objects.select_related("person__data_key").get(pk=record_id)


def lock_member_record(record_id: UUID) -> MemberRecord:
    return MemberRecord.objects.select_for_update(of=("self",)).get(pk=record_id)


def _read_cursor(text: str) -> tuple[datetime, UUID] | None:
    try:
        at, row_id = text.split("~")
        return datetime.fromisoformat(at), UUID(row_id)
    except ValueError:
        return None
