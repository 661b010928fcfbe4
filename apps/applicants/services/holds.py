"""Letting a case rest until a day: it leaves the pile of what is to be decided and comes back by itself."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from apps.accounts.enums import NATIONAL_CODE
from apps.applicants import events
from apps.applicants.enums import HOLDING_STATES, State
from apps.applicants.models import Application, Hold
from apps.applicants.policies import can_hold
from apps.applicants.selectors.holds import hold_of
from apps.applicants.services.steps import lock_application
from apps.audit.services import record
from apps.core.actor import Actor
from apps.core.clock import civil_date
from apps.core.errors import NotPermitted, TransitionRefused, refuse_if
from apps.rules.enums import ReasonKind
from apps.rules.selectors import reasons, rule_value


@transaction.atomic
def hold_case(*, actor: Actor, application_id, reason_code: str, until: date, note: str = "", now: datetime) -> Hold:
    """Let a case rest up to and including `until`, at the association or at the re-check. The 20 and the 10 working
    days go on: only the applicant's turn stops the clock."""
    application, today = lock_application(application_id), civil_date(now)
    if not can_hold(actor, application):
        raise NotPermitted
    if application.state not in HOLDING_STATES or hold_of(application, today=today):
        raise TransitionRefused
    refuse_if(missing_in_hold(application, reason_code, until, today=today))
    hold = Hold.objects.create(
        application=application,
        data_key=application.data_key,
        reason_code=reason_code,
        note=note.strip() or None,
        until=until,
        placed_at=now,
        placed_on=today,
        placed_by_id=actor.user_id,
        placer_label=actor.label,
    )
    after = {"reason_code": reason_code, "until": until.isoformat()}
    _record(actor, events.HELD, application, after, note=hold.note, now=now)
    return hold


@transaction.atomic
def lift_hold(*, actor: Actor, application_id, now: datetime) -> Hold:
    """Take a case up again before its day."""
    application = lock_application(application_id)
    if not can_hold(actor, application):
        raise NotPermitted
    hold = hold_of(application, today=civil_date(now))
    if hold is None:
        raise TransitionRefused
    hold.lifted_at, hold.lifted_by_id = now, actor.user_id
    hold.save(update_fields=["lifted_at", "lifted_by"])
    _record(actor, events.RELEASED, application, {"until": hold.until.isoformat()}, now=now)
    return hold


def missing_while_held(application: Application, *, today: date) -> list:
    """A case that rests is taken up first: whoever decides it says so with one press."""
    hold = hold_of(application, today=today)
    sentence = _("此件暂缓办理至 %(day)s。请先恢复办理，再作决定。")
    return [sentence % {"day": date_format(hold.until)}] if hold else []


def missing_in_hold(application: Application, reason_code: str, until: date, *, today: date) -> list:
    known = {reason.code for reason in reasons(ReasonKind.HOLD, on=today)}
    missing = [] if reason_code in known else [_("请从目录中选择一项理由。")]
    last = latest_hold_day(application, today=today)
    if not today < until <= last:
        sentence = _("请选择明天至 %(last)s 之间的一天。")
        missing.append(sentence % {"last": date_format(last)})
    return missing


def latest_hold_day(application: Application, *, today: date) -> date:
    """The longest that a case may rest: calendar days by rule, at the re-check by the national one."""
    code = NATIONAL_CODE if application.state == State.SENT else application.association_id
    return today + timedelta(days=int(rule_value("hold.max_days", on=today, association_code=code)))


def _record(actor: Actor, action: str, application: Application, after: dict, *, note=None, now: datetime) -> None:
    record(
        actor,
        action,
        application,
        now=now,
        after=after,
        personal={"note": note} if note else None,
        data_key=application.data_key if note else None,
        case=application.reference,
    )
