"""By default the Ministry's platform decides: its imported result admits or refuses an accepted case."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.core.actor import Actor
from apps.core.clock import civil_date
from apps.core.encryption import create_data_key
from apps.core.errors import NotPermitted
from apps.members.enums import MemberKind
from apps.members.selectors import current_membership_of, membership_by_number
from apps.people.selectors import identity_index, name_index, normalise_name
from apps.registrations import events
from apps.registrations.enums import Action, Field, State
from apps.registrations.models import PlatformResult, Registration
from apps.registrations.policies import can_import_results
from apps.registrations.selectors.cases import registration_by_id
from apps.registrations.services.admitting import admit_candidate
from apps.registrations.services.steps import finish_step, lock_registration, take_step

PLATFORM_REASON = "practising.platform"
ENDED = frozenset({State.ADMITTED, State.REFUSED})


@dataclass(frozen=True)
class Result:
    """One line of the platform's results, read and normalised."""

    reference: str
    name: str
    identity_type: str
    identity_number: str
    firm_code: str
    is_admitted: bool
    number: str
    decided_on: date
    document_number: str
    reason: str
    association_code: str
    registration_id: object | None


@transaction.atomic
def apply_result(result: Result, *, actor: Actor, job, now: datetime) -> str:
    """Keep the line, and end the case that it speaks of: "created", "updated"; "unchanged" where nothing is new.

    A line that fits no case, or not the case that it names, ends nothing: the reconciliation shows it.
    """
    if not can_import_results(actor, result.association_code):
        raise NotPermitted
    registration = lock_registration(result.registration_id) if result.registration_id else None
    reference = f"import:{job.pk}"
    outcome = _keep(result, registration, reference, now=now)
    if registration is None or registration.state in ENDED or why_it_does_not_fit(registration, result):
        return outcome
    _end(registration, result, reference, actor=actor, now=now)
    return outcome if outcome == "created" else "updated"


def misfit_of(result: Result) -> str:
    """Why this line will end no case; empty where it will, or where the case has ended already."""
    if result.registration_id is None:
        return _("门户中没有对应的申请：只留作核对，不办结任何申请。")
    registration = registration_by_id(result.registration_id)
    return "" if registration.state in ENDED else why_it_does_not_fit(registration, result)


def _end(registration: Registration, result: Result, reference: str, *, actor: Actor, now: datetime) -> None:
    action = Action.ADMIT_BY_PLATFORM if result.is_admitted else Action.REFUSE_BY_PLATFORM
    take_step(registration, action, actor=actor, now=now)
    registration.import_reference, registration.document_number = reference, result.document_number
    registration.decided_at, registration.decided_by_id = now, actor.user_id
    after = {"import_reference": reference, "decided_on": result.decided_on.isoformat()}
    if result.is_admitted:
        registration.membership = admit_candidate(
            registration,
            actor=actor,
            effective_on=result.decided_on,
            document_number=result.document_number,
            number=result.number,
            now=now,
        )
        finish_step(registration, events.ADMITTED, actor=actor, now=now, after=after | {"number": result.number})
        return
    registration.reason_code, registration.reason_note = PLATFORM_REASON, result.reason or None
    finish_step(registration, events.REFUSED, actor=actor, now=now, after=after, note=result.reason)


def why_it_does_not_fit(registration: Registration, result: Result) -> str:
    """A sentence where platform and portal speak of different things; the reconciliation report shows them too."""
    answers = registration.answers
    if registration.decides_inside:
        return _("这件申请由本协会在本系统审批，不能用监管平台的结果办结。")
    if registration.state != State.ACCEPTED:
        return _("这件申请现在是“%(state)s”，受理后才能导入结果。") % {"state": registration.get_state_display()}
    mine = identity_index(answers[Field.IDENTITY_TYPE], answers[Field.IDENTITY_NUMBER])
    if normalise_name(answers[Field.NAME]) != result.name:
        return _("姓名与申请不同。请核对，更正后重新导入这一行。")
    if mine != identity_index(result.identity_type, result.identity_number):
        return _("证件号码与申请不同。请核对，更正后重新导入这一行。")
    if result.firm_code and result.firm_code != registration.firm.code:
        return _("事务所编号与申请不同。请核对，更正后重新导入这一行。")
    if result.decided_on < civil_date(registration.filed_at):
        return _("注册日期早于提交申请的日期。请核对，更正后重新导入这一行。")
    return _what_the_register_says(registration, result) if result.is_admitted else ""


def _what_the_register_says(registration: Registration, result: Result) -> str:
    if membership_by_number(MemberKind.PRACTISING, result.number):
        return _("证书编号 %(number)s 已在会员名册中，不能再次使用。") % {"number": result.number}
    known = current_membership_of(registration.person_id, on=result.decided_on)
    if known is not None and known.kind == MemberKind.PRACTISING:
        return _("此人已是注册会计师（%(number)s），不能重复注册。") % {"number": known.number}
    return ""


def _keep(result: Result, registration: Registration | None, reference: str, *, now: datetime) -> str:
    """One row for each decision that the platform names; a corrected file corrects name, firm and case."""
    index = identity_index(result.identity_type, result.identity_number)
    key = {
        "identity_index": index,
        "is_admitted": result.is_admitted,
        "decided_on": result.decided_on,
        "number": result.number,
    }
    said = {
        "association_id": result.association_code,
        "registration_id": registration and registration.pk,
        "name_index": name_index(result.name),
        "firm_code": result.firm_code,
        "document_number": result.document_number,
    }
    row = PlatformResult.objects.select_for_update(of=("self",)).select_related("data_key").filter(**key).first()
    if row is not None and all(getattr(row, field) == value for field, value in said.items()):
        return "unchanged"
    is_new = row is None
    row = row or PlatformResult(**key, data_key=registration.data_key if registration else create_data_key())
    for field, value in said.items():
        setattr(row, field, value)
    row.name, row.reason = result.name, result.reason or None
    row.import_reference, row.imported_at = reference, now
    row.save()
    return "created" if is_new else "updated"
