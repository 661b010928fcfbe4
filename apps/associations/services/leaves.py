"""One's own leave: who looks after the cases meanwhile."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from apps.accounts.enums import Role
from apps.associations.models import Leave
from apps.associations.selectors import colleagues_at
from apps.audit.services import record
from apps.core.actor import Actor
from apps.core.clock import civil_date
from apps.core.errors import RequirementsMissing, refuse_if


@transaction.atomic
def record_leave(*, actor: Actor, cover_id: int, from_on: date, to_on: date, now: datetime) -> Leave:
    """The days on which one is away, both included, and the colleague who looks after one's cases."""
    refuse_if(missing_for_leave(actor, cover_id, from_on, to_on, today=civil_date(now)))
    leave = Leave(user_id=actor.user_id, cover_id=cover_id, from_on=from_on, to_on=to_on, recorded_at=now)
    try:
        with transaction.atomic():
            leave.save()
    except IntegrityError as error:
        if "one_leave_at_a_time" not in str(error):
            raise
        raise RequirementsMissing([_("这些天与您已登记的另一次休假重叠，请先取消那一次，或改动日期。")]) from error
    record(actor, "leave.recorded", leave, now=now, after=_listed(leave))
    return leave


@transaction.atomic
def cancel_leave(*, actor: Actor, leave_id, now: datetime) -> None:
    """Take out a leave that is not over; the log keeps it. A repeated call finds nothing, which is what was wanted."""
    leave = Leave.objects.select_for_update(of=("self",)).filter(pk=leave_id, user_id=actor.user_id).first()
    if leave is None or leave.to_on < civil_date(now):
        return
    record(actor, "leave.cancelled", leave, now=now, before=_listed(leave))
    leave.delete()


def missing_for_leave(actor: Actor, cover_id: int, from_on: date, to_on: date, *, today: date) -> list:
    missing = []
    if to_on < from_on:
        missing.append(_("最后一天不能早于第一天。"))
    if to_on < today:
        missing.append(_("这些天已经过去。请登记今天以后的休假。"))
    codes = [seat.association_code for seat in actor.seats if seat.role == Role.REVIEWER]
    colleagues = {colleague.user_id for colleague in colleagues_at(codes, on=max(from_on, today))}
    if cover_id not in colleagues - {actor.user_id}:
        missing.append(_("请从列表中选择一位本协会的同事。"))
    return missing


def _listed(leave: Leave) -> dict:
    return {"cover": leave.cover_id, "from_on": leave.from_on.isoformat(), "to_on": leave.to_on.isoformat()}
