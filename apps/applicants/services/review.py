"""The association's decisions: ask for correction, refuse, agree."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.applicants import events
from apps.applicants.enums import Action, Field
from apps.applicants.models import Application, CorrectionItem, CorrectionRequest
from apps.applicants.policies import can_review_application
from apps.applicants.selectors.case import roll_finding
from apps.applicants.selectors.checklist import derive
from apps.applicants.selectors.conflicts import has_conflict, is_of_first_officers_firm
from apps.applicants.selectors.corrections import freely_asked_fields, missing_late_reason
from apps.applicants.selectors.desk_lines import desk_lines
from apps.applicants.selectors.had_part import had_part
from apps.applicants.selectors.lines import ChecklistLine
from apps.applicants.services.batches import lock_open_batch
from apps.applicants.services.claims import let_go, refuse_if_claimed_by_colleague
from apps.applicants.services.deadlines import set_deadline
from apps.applicants.services.decisions import facts_now, record_decision
from apps.applicants.services.guards import HAD_PART, constraints_as_sentences
from apps.applicants.services.holds import missing_while_held
from apps.applicants.services.steps import lock_application, take_step, tell
from apps.audit.services import record
from apps.core.actor import Actor
from apps.core.clock import civil_date
from apps.core.errors import NotPermitted, refuse_if
from apps.core.steps import check_version
from apps.core.working_days import working_day_from
from apps.rules.selectors import reasons, rule_value, working_calendar


@transaction.atomic
def request_correction(
    *,
    actor: Actor,
    application_id,
    version: int,
    items: Sequence[tuple[str, str]],
    late_reason: str = "",
    now: datetime,
) -> CorrectionRequest:
    """Ask the applicant, once and for all, to mend `items` (field, what is wrong with it). The 20 days rest.

    A later round asks only about what the last answer has brought up; whatever else it asks needs `late_reason`.
    """
    application = _own_case(actor, application_id, version, now)
    facts = facts_now(application, now=now)
    take_step(application, Action.REQUEST_CORRECTION, actor=actor, now=now)
    free = freely_asked_fields(application)
    refuse_if(
        missing_while_held(application, today=civil_date(now))
        + missing_in_correction(items)
        + missing_late_reason(items, free, late_reason)
    )
    request = _open_round(application, items, free, late_reason, actor=actor, now=now)
    set_deadline(application)
    application.save()
    _record_round(actor, request, items, free, now=now)
    asked = {"fields": [field for field, _note in items]}
    record_decision(application, Action.REQUEST_CORRECTION, facts, actor=actor, now=now, **asked)
    tell(events.CORRECTION_REQUESTED, application, now=now)
    return request


def _open_round(application, items, free, late_reason: str, *, actor: Actor, now: datetime) -> CorrectionRequest:
    request = CorrectionRequest.objects.create(
        application=application,
        requested_at=now,
        requested_by_label=actor.label,
        answer_by=correction_deadline(application, asked_on=civil_date(now)),
    )
    for field, note in items:
        CorrectionItem.objects.create(
            request=request,
            field=field,
            note=note.strip(),
            late_reason=None if field in free else late_reason.strip(),
            data_key=application.data_key,
        )
    return request


def _record_round(actor: Actor, request: CorrectionRequest, items, free, *, now: datetime) -> None:
    application = request.application
    record(
        actor,
        events.CORRECTION_REQUESTED,
        application,
        now=now,
        after={
            "fields": [field for field, _note in items],
            "late_fields": [field for field, _note in items if field not in free],
            "answer_by": request.answer_by.isoformat(),
        },
        personal={"notes": dict(items)},
        data_key=application.data_key,
        case=application.reference,
    )


@transaction.atomic
def refuse_application(
    *, actor: Actor, application_id, version: int, reason_code: str, note: str = "", now: datetime
) -> Application:
    """Refuse with a reason of the catalogue (登记办法 Art. 4 and 5); what the officer adds goes to the applicant."""
    application = _own_case(actor, application_id, version, now)
    facts = facts_now(application, now=now)
    take_step(application, Action.REFUSE, actor=actor, now=now)
    today = civil_date(now)
    refuse_if(missing_while_held(application, today=today) + missing_in_reason("refusal", reason_code, on=today))
    _sign_local_decision(application, actor, now=now)
    let_go(application)
    application.reason_code, application.reason_note = reason_code, note.strip() or None
    set_deadline(application)
    with constraints_as_sentences():
        application.save()
    _record_decision(actor, events.REFUSED, application, now=now, after={"reason_code": reason_code}, note=note)
    record_decision(application, Action.REFUSE, facts, actor=actor, now=now, reason_code=reason_code)
    tell(events.REFUSED, application, now=now)
    return application


@transaction.atomic
def agree_application(
    *, actor: Actor, application_id, version: int, confirmed: Iterable[str] = (), now: datetime
) -> Application:
    """Agree: the 20 days end. For some minutes (rule application.take_back_minutes) the officer can take it back;
    then the case is in the association's open batch. Nobody is a member by this.

    `confirmed` names the lines of the checklist that are not green and that the officer has looked at in person.
    """
    application = _own_case(actor, application_id, version, now)
    confirmed = set(confirmed)
    finding = roll_finding(application)
    facts = facts_now(application, finding=finding, now=now)
    take_step(application, Action.AGREE, actor=actor, now=now)
    lines = derive(facts)
    held = missing_while_held(application, today=civil_date(now))
    refuse_if(held + missing_for_agreement([*lines, *desk_lines(application)], confirmed))
    application.roll_match, application.roll_entry = finding.match, finding.entry
    _sign_local_decision(application, actor, now=now)
    _forget_national_decision(application)
    application.batch, application.take_back_until = None, now + take_back_time(application, on=civil_date(now))
    application.checks_green = all(line.is_green for line in lines)
    let_go(application)
    lock_open_batch(application.association, now=now)
    set_deadline(application)
    with constraints_as_sentences():
        application.save()
    looked_at = sorted(line.key for line in lines if line.needs_person)
    until = application.take_back_until.isoformat()
    after = {"take_back_until": until, "roll_match": finding.match, "confirmed_in_person": looked_at}
    _record_decision(actor, events.AGREED, application, now=now, after=after)
    record_decision(application, Action.AGREE, facts, actor=actor, now=now, confirmed=looked_at)
    tell(events.AGREED, application, now=now)
    return application


def take_back_time(application: Application, *, on: date) -> timedelta:
    minutes = rule_value("application.take_back_minutes", on=on, association_code=application.association_id)
    return timedelta(minutes=float(minutes))


def missing_for_agreement(lines: list[ChecklistLine], confirmed: set[str]) -> list:
    """What stands in the way, a sentence each: what the rules exclude, and what nobody has looked at yet."""
    blocked = [line.sentence for line in lines if line.is_blocked]
    unseen = [
        _("请人工核对后勾选：%(line)s") % {"line": line.sentence}
        for line in lines
        if line.needs_person and line.key not in confirmed
    ]
    return blocked + unseen


def missing_in_correction(items: Sequence[tuple[str, str]]) -> list:
    if not items:
        return [_("请至少选择一项需要补正的内容，并写明怎样补正。")]
    return [
        _("请写明“%(field)s”需要怎样补正，例如“照片请换成白底一寸照”。") % {"field": Field(field).label}
        for field, note in items
        if not note.strip()
    ]


def missing_in_reason(kind: str, reason_code: str, *, on: date) -> list:
    known = {reason.code for reason in reasons(kind, on=on)}
    return [] if reason_code in known else [_("请从目录中选择一项理由。")]


def correction_deadline(application: Application, *, asked_on: date) -> date:
    """The last day to answer: calendar days by rule, and where that is a day of rest, the next working day."""
    days = rule_value("application.correction_days", on=asked_on, association_code=application.association_id)
    return working_day_from(working_calendar(), asked_on + timedelta(days=int(days)))


def _own_case(actor: Actor, application_id, version: int, now: datetime) -> Application:
    """A case to decide: nobody else's at the moment. A colleague's is taken over first, in words (services/claims)."""
    application = open_case(actor, application_id, version, can_review_application)
    refuse_if_claimed_by_colleague(application, actor, now=now)
    return application


def open_case(actor: Actor, application_id, version: int, allowed: Callable[[Actor, Application], bool]) -> Application:
    """Lock the case, ask whether the actor may, and whether the form speaks of the case as it is now."""
    application = lock_application(application_id)
    if not allowed(actor, application):
        raise NotPermitted(why_not_permitted(actor, application))
    check_version(application, version)
    return application


def why_not_permitted(actor: Actor, application: Application):
    """A sentence that says what to do: the usual reasons are four eyes and an account linked to no person."""
    if actor.is_signed_in and actor.person_id is None:
        return _("您的账号还没有关联到本人，不能作出决定。请联系管理员办理关联。")
    if actor.person_id is not None and actor.person_id == application.person_id:
        return _("这是您本人的申请，应由另一位工作人员办理。")
    if has_conflict(actor, application):
        return _("此件与您有利害关系，已转由他人办理。")
    if had_part(actor, application):
        return HAD_PART
    if is_of_first_officers_firm(actor, application):
        return _("您与省级经办人同在一个单位，请由中注协另一位工作人员复核。")
    if actor.person_id is not None and actor.person_id == application.local_decided_by_person_id:
        return _("复核人不能是省级经办人，请由中注协另一位工作人员复核。")
    return NotPermitted.message


def _sign_local_decision(application: Application, actor: Actor, *, now: datetime) -> None:
    application.local_decided_at = now
    application.local_decided_by_id = actor.user_id
    application.local_decided_by_person_id = actor.person_id


def _forget_national_decision(application: Application) -> None:
    """A case that the re-check had returned is decided afresh; its reason stays until the case is sent again."""
    application.national_decided_at = None
    application.national_decided_by = application.national_decided_by_person = None


def _record_decision(actor, action, application, *, now, after, note="") -> None:
    record(
        actor,
        action,
        application,
        now=now,
        after={"state": application.state, **after},
        personal={"note": note} if note else None,
        data_key=application.data_key if note else None,
        case=application.reference,
    )
