"""What is decided about members is recorded once, ended or withdrawn with a reason, and never rewritten."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from apps.audit.services import record, record_bulk_read
from apps.core.actor import Actor
from apps.core.errors import NotPermitted, PortalError, RequirementsMissing, TransitionRefused
from apps.standing.models import MemberRecord
from apps.standing.policies import can_record_about, can_record_facts
from apps.standing.selectors.member_records import lock_member_record

RECORDED = "member_record.recorded"


class RecordedAlready(PortalError):
    code = "recorded_already"
    message = _("这位会员这一年度的这一事项已经有记录。写错了的，请先撤回那一条。")


@dataclass(frozen=True)
class RecordEntry:
    """One outcome, read. `year` for what is of a year, `hours` for continuing education."""

    matter: str
    outcome: str
    decided_on: date
    source: str
    year: int | None = None
    hours: int | None = None
    until_on: date | None = None
    document: str = ""


@transaction.atomic
def record_about_member(
    *,
    actor: Actor,
    person_id: UUID,
    entry: RecordEntry,
    association_code: str | None = None,
    import_job=None,
    now: datetime,
) -> MemberRecord:
    """Never about oneself; `association_code` is the member's, for those who reach no further than their own.

    Raises RecordedAlready where the year has an outcome.
    """
    if not can_record_about(actor, person_id, entry.matter, association_code):
        raise NotPermitted
    try:
        with transaction.atomic():
            row = MemberRecord.objects.create(
                person_id=person_id,
                recorded_at=now,
                recorded_by_label=actor.label,
                import_job=import_job,
                **asdict(entry),
            )
    except IntegrityError as error:
        if "one_outcome_a_year_in_force" not in str(error):
            raise
        raise RecordedAlready from error
    record(actor, RECORDED, row, after=_listed(row), now=now)
    return row


@transaction.atomic
def end_member_record(*, actor: Actor, record_id: UUID, on: date, now: datetime) -> MemberRecord:
    """A procedure is over, or a sanction no longer in force, from that day on."""
    row = lock_member_record(record_id)
    _authorise(actor, row.person_id)
    if row.withdrawn_at is not None or row.until_on is not None:
        raise TransitionRefused(_("这条记录已经办结或撤回。请刷新页面查看最新情况。"))
    if on < row.decided_on:
        raise RequirementsMissing([_("结束日期不能早于开始日期。请核对。")])
    row.until_on = on
    row.save(update_fields=["until_on"])
    record(actor, "member_record.ended", row, after=_listed(row), now=now)
    return row


@transaction.atomic
def withdraw_member_record(
    *, actor: Actor, record_id: UUID, why: str, association_code: str | None = None, now: datetime
) -> MemberRecord:
    """What was wrong, or about somebody else, no longer counts; it stays to be read."""
    row = lock_member_record(record_id)
    if not can_record_about(actor, row.person_id, row.matter, association_code):
        raise NotPermitted
    if row.withdrawn_at is not None:
        raise TransitionRefused(_("这条记录已经撤回。请刷新页面查看最新情况。"))
    if not why.strip():
        raise RequirementsMissing([_("请写明撤回的理由，例如：登记在了同名的另一位会员名下。")])
    row.withdrawn_at, row.withdrawn_by_label, row.withdrawn_why = now, actor.label, why.strip()
    row.save(update_fields=["withdrawn_at", "withdrawn_by_label", "withdrawn_why"])
    record(actor, "member_record.withdrawn", row, before=_listed(row), after={"why": row.withdrawn_why}, now=now)
    return row


def record_member_record_reading(actor: Actor, rows: list[MemberRecord], *, now: datetime) -> None:
    """Who looked at whose records: one record for a page of them."""
    if rows:
        ids, label = [row.person_id for row in rows], "people.person"
        record_bulk_read(actor, "person.read", label, ids, purpose="standing.member_records", now=now)


def _authorise(actor: Actor, person_id: UUID) -> None:
    if not can_record_facts(actor) or actor.person_id == person_id:
        raise NotPermitted


def _listed(row: MemberRecord) -> dict:
    return {
        "matter": row.matter,
        "outcome": row.outcome,
        "year": row.year,
        "decided_on": str(row.decided_on),
        "until_on": str(row.until_on or ""),
        "document": row.document,
    }
