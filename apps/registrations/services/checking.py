"""The officer's form check (注册办法 Art. 9): once-only list of gaps, exam confirmation, acceptance."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.audit.services import record
from apps.core.actor import Actor
from apps.core.clock import civil_date
from apps.core.errors import refuse_if
from apps.core.steps import touch
from apps.core.working_days import working_day_from
from apps.registrations import events
from apps.registrations.enums import Action, Field, State
from apps.registrations.models import Gap, GapList, Registration
from apps.registrations.policies import can_check
from apps.registrations.selectors.checklist import checklist, missing_for_acceptance
from apps.registrations.services.steps import finish_step, open_case, take_step
from apps.rules.selectors import rule_value, working_calendar


@transaction.atomic
def request_gaps(
    *,
    actor: Actor,
    registration_id,
    version: int,
    items: Sequence[tuple[str, str]],
    why_again: str = "",
    now: datetime,
) -> Registration:
    """Tell the firm, once and for all, what is missing or wrong: `items` (field, what). The law knows one such list;
    of a later one the officer says why it could not stand in the first."""
    registration = open_case(actor, registration_id, version, can_check)
    take_step(registration, Action.REQUEST_GAPS, actor=actor, now=now)
    round_before = registration.gap_lists.count()
    refuse_if(missing_in_gaps(items, is_later=round_before > 0, why_again=why_again))
    gap_list = GapList.objects.create(
        registration=registration,
        round=round_before + 1,
        requested_at=now,
        requested_by_label=actor.label,
        answer_by=answer_deadline(registration, asked_on=civil_date(now)),
        why_again=why_again.strip() if round_before else "",
    )
    for field, note in items:
        Gap.objects.create(gap_list=gap_list, field=field, note=note.strip(), data_key=registration.data_key)
    after = {"fields": [field for field, _note in items], "round": gap_list.round}
    return finish_step(registration, events.GAPS_REQUESTED, actor=actor, now=now, after=after)


def missing_in_gaps(items: Sequence[tuple[str, str]], *, is_later: bool, why_again: str) -> list:
    missing = [
        _("请写明“%(field)s”需要怎样补正，例如“请换成白底一寸照”。") % {"field": Field(field).label}
        for field, note in items
        if not note.strip()
    ]
    if not items:
        missing.append(_("请至少选择一项需要补正的内容，并写明怎样补正。"))
    if is_later and not why_again.strip():
        missing.append(_("法律规定一次告知。再次告知请写明为什么这些内容没有在第一次列出。"))
    return missing


@transaction.atomic
def record_exam_confirmation(
    *, actor: Actor, registration_id, version: int, number: str, now: datetime
) -> Registration:
    """A lost certificate: the number of the exam office's 全科合格信息确认单, before acceptance."""
    registration = open_case(actor, registration_id, version, can_check)
    missing = []
    if registration.state != State.FILED or not registration.answers.get(Field.CERTIFICATE_LOST):
        missing.append(_("只有形式审查中、申请人说明合格证已丢失的申请需要登记确认单。"))
    if not number.strip():
        missing.append(_("请填写全科合格信息确认单的编号，例如 财考办确〔2026〕15号。"))
    refuse_if(missing)
    before = {"exam_confirmation": registration.exam_confirmation}
    registration.exam_confirmation = number.strip()
    touch(registration, now=now)
    registration.save()
    after = {"exam_confirmation": registration.exam_confirmation}
    record(
        actor,
        "registration.exam_confirmation_recorded",
        registration,
        now=now,
        before=before,
        after=after,
        case=registration.reference,
    )
    return registration


@transaction.atomic
def accept_registration(
    *, actor: Actor, registration_id, version: int, confirmed: Iterable[str] = (), now: datetime
) -> Registration:
    """受理: day 0 of the 20 working days. Which way it will be decided is settled here, by the rule of this day.

    `confirmed` names the lines of the checklist that need a person and that the officer has looked at.
    """
    registration = open_case(actor, registration_id, version, can_check)
    take_step(registration, Action.ACCEPT, actor=actor, now=now)
    today = civil_date(now)
    lines = checklist(registration, today=today)
    refuse_if(missing_for_acceptance(lines, set(confirmed)))
    registration.accepted_at, registration.accepted_by_id = now, actor.user_id
    registration.decides_inside = bool(
        rule_value("practising.decide_here", on=today, association_code=registration.association_id)
    )
    looked_at = sorted(line.key for line in lines if line.needs_person)
    after = {"decides_inside": registration.decides_inside, "confirmed_in_person": looked_at}
    return finish_step(registration, events.ACCEPTED, actor=actor, now=now, after=after)


def answer_deadline(registration: Registration, *, asked_on: date) -> date:
    """Calendar days by rule, and where that is a day of rest, the next working day."""
    days = rule_value("practising.gap_days", on=asked_on, association_code=registration.association_id)
    return working_day_from(working_calendar(), asked_on + timedelta(days=int(days)))
