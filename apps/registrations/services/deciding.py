"""Deciding inside the portal, where the association's rule says so (注册办法 Art. 11-13): one officer proposes, another
grants; the association's head may give ten more working days. That decision admits: there is no national re-check."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.applicants.selectors.document_numbers import missing_in_document_number, normalise_document_number
from apps.audit.services import record_each
from apps.core.actor import Actor
from apps.core.clock import civil_date
from apps.core.errors import NotPermitted, RequirementsMissing, refuse_if
from apps.core.steps import touch
from apps.registrations import events
from apps.registrations.enums import DECIDING_STATES, Action, State
from apps.registrations.models import Registration
from apps.registrations.policies import can_approve, can_ask_for_extension, can_extend, can_propose, can_report
from apps.registrations.selectors.checklist import checklist, missing_for_proposal
from apps.registrations.services.admitting import admit_candidate
from apps.registrations.services.steps import finish_step, open_case, take_step
from apps.rules.selectors import reasons


@transaction.atomic
def propose_registration(
    *, actor: Actor, registration_id, version: int, confirmed: Iterable[str] = (), now: datetime
) -> Registration:
    """The first officer has examined everything and proposes to grant it. Nobody is a member by this."""
    registration = open_case(actor, registration_id, version, can_propose)
    take_step(registration, Action.PROPOSE, actor=actor, now=now)
    lines = checklist(registration, today=civil_date(now))
    refuse_if(missing_for_proposal(lines, set(confirmed)))
    registration.proposed_at = now
    registration.proposed_by_id, registration.proposed_by_person_id = actor.user_id, actor.person_id
    registration.reason_note = None
    after = {"confirmed_in_person": sorted(line.key for line in lines if line.needs_person)}
    return finish_step(registration, events.PROPOSED, actor=actor, now=now, after=after)


@transaction.atomic
def disagree_with_proposal(*, actor: Actor, registration_id, version: int, reason: str, now: datetime) -> Registration:
    """The second officer is not convinced: the case is examined again. The 20 days go on."""
    registration = open_case(actor, registration_id, version, can_approve)
    take_step(registration, Action.DISAGREE, actor=actor, now=now)
    refuse_if([] if reason.strip() else [_("请写明原因，例如：审计工作经历的起止日期前后不一致。")])
    registration.proposed_at = registration.proposed_by = registration.proposed_by_person = None
    registration.reason_note = reason.strip()
    return finish_step(registration, "registration.disagreed", actor=actor, now=now, note=reason.strip())


@transaction.atomic
def approve_registration(
    *, actor: Actor, registration_id, version: int, document_number: str, now: datetime
) -> Registration:
    """The second officer grants it: membership, number (by rule) and date arise here."""
    today = civil_date(now)
    registration = open_case(actor, registration_id, version, can_approve)
    take_step(registration, Action.APPROVE, actor=actor, now=now)
    document_number = normalise_document_number(document_number)
    lines = checklist(registration, today=today)
    blocked = [line.sentence for line in lines if line.is_blocked]
    refuse_if(blocked + missing_in_document_number(document_number, year=today.year))
    registration.document_number = document_number
    registration.membership = admit_candidate(
        registration, actor=actor, effective_on=today, document_number=document_number, now=now
    )
    _sign(registration, actor, now=now)
    after = {"document_number": document_number, "number": registration.membership.number}
    return finish_step(registration, events.ADMITTED, actor=actor, now=now, after=after)


@transaction.atomic
def refuse_registration(
    *, actor: Actor, registration_id, version: int, reason_code: str, note: str = "", now: datetime
) -> Registration:
    """Refuse with a reason of the catalogue; the notice names 复议 and 诉讼 and goes out at once (Art. 13)."""
    registration = open_case(actor, registration_id, version, can_propose)
    take_step(registration, Action.REFUSE, actor=actor, now=now)
    known = {reason.code for reason in reasons("practising", on=civil_date(now))}
    refuse_if([] if reason_code in known else [_("请从目录中选择一项理由。")])
    registration.reason_code, registration.reason_note = reason_code, note.strip() or None
    _sign(registration, actor, now=now)
    after = {"reason_code": reason_code}
    return finish_step(registration, events.REFUSED, actor=actor, now=now, after=after, note=note.strip())


@transaction.atomic
def ask_for_extension(*, actor: Actor, registration_id, version: int, reason: str, now: datetime) -> Registration:
    """Ask the association's head for ten more working days, once. The reason is told to the applicant."""
    registration = open_case(actor, registration_id, version, can_ask_for_extension)
    missing = []
    if registration.state not in DECIDING_STATES or registration.extension_asked_at:
        missing.append(_("只有已受理、没有申请过延长的案件可以申请延长一次。"))
    if not reason.strip():
        missing.append(_("请写明延长的理由，会告知申请人，例如：需向原工作单位核实审计经历。"))
    refuse_if(missing)
    registration.extension_asked_at, registration.extension_asked_by_id = now, actor.user_id
    registration.extension_reason = reason.strip()
    touch(registration, now=now)
    return finish_step(registration, "registration.extension_asked", actor=actor, now=now, note=reason.strip())


@transaction.atomic
def extend_registration(*, actor: Actor, registration_id, version: int, now: datetime) -> Registration:
    """The association's head approves: the last day moves, and the applicant is told why (Art. 11)."""
    registration = open_case(actor, registration_id, version, can_extend)
    if registration.state not in DECIDING_STATES or not registration.extension_asked_at or registration.extended_at:
        raise RequirementsMissing([_("没有等待批准的延长申请。")])
    registration.extended_at, registration.extended_by_id = now, actor.user_id
    touch(registration, now=now)
    return finish_step(registration, events.EXTENDED, actor=actor, now=now, note=registration.extension_reason)


@transaction.atomic
def report_registrations(*, actor: Actor, association_code: str, references: list[str], now: datetime) -> int:
    """The filing list with these cases has gone to the Ministry and 中注协 (备案). Repeating it changes nothing."""
    if not can_report(actor, association_code):
        raise NotPermitted
    rows = Registration.objects.select_for_update(of=("self",)).filter(
        association_id=association_code,
        reference__in=references,
        state=State.ADMITTED,
        decides_inside=True,
        reported_at=None,
    )
    cases = list(rows)
    Registration.objects.filter(pk__in=[case.pk for case in cases]).update(reported_at=now)
    record_each(actor, "registration.reported", [(case, {"reference": case.reference}) for case in cases], now=now)
    return len(cases)


def _sign(registration: Registration, actor: Actor, *, now: datetime) -> None:
    registration.decided_at = now
    registration.decided_by_id, registration.decided_by_person_id = actor.user_id, actor.person_id
