"""The national re-check: confirm, which makes a member, or return to the association. One transaction a person."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.applicants import events
from apps.applicants.enums import Action, Field, NoteKind
from apps.applicants.models import Application, BatchItem
from apps.applicants.policies import can_recheck_application
from apps.applicants.selectors.checklist import derive
from apps.applicants.selectors.desk_lines import desk_lines
from apps.applicants.selectors.document_numbers import missing_in_document_number, normalise_document_number
from apps.applicants.selectors.lines import read_date
from apps.applicants.selectors.practising import will_convert
from apps.applicants.services.deadlines import set_deadline
from apps.applicants.services.decisions import facts_now, record_decision
from apps.applicants.services.guards import constraints_as_sentences
from apps.applicants.services.holds import missing_while_held
from apps.applicants.services.items import ItemResult, one_by_one
from apps.applicants.services.notes import keep_note
from apps.applicants.services.review import missing_for_agreement, missing_in_reason, open_case
from apps.applicants.services.steps import take_step, tell
from apps.audit.services import record
from apps.content.services import announce_admission
from apps.core.actor import Actor
from apps.core.clock import civil_date
from apps.core.errors import refuse_if
from apps.members.enums import MemberKind
from apps.members.services import admit_member, convert_membership
from apps.people.selectors import get_person
from apps.people.services import confirm_details, link_user, set_photo


@transaction.atomic
def confirm_application(
    *,
    actor: Actor,
    application_id,
    version: int,
    document_number: str,
    confirmed: Iterable[str] = (),
    now: datetime,
    only_clean: bool = False,
) -> Application:
    """Here, and nowhere earlier, membership, number and effective date arise; the admission is announced.

    `confirmed` names what waits on the case (desk_lines) and was looked at in person.
    `only_clean`: by exception, unseen; then every line of the checklist, derived afresh, must be green.
    """
    today = civil_date(now)
    application = open_case(actor, application_id, version, can_recheck_application)
    facts = facts_now(application, now=now)
    take_step(application, Action.CONFIRM, actor=actor, now=now)
    document_number = normalise_document_number(document_number)
    missing = _missing_for_confirmation(application, document_number, set(confirmed), today=today)
    if only_clean and not all(line.is_green for line in derive(facts)):
        missing.append(_("有需要人工核对的内容，请打开这一件逐项核对。"))
    refuse_if(missing)
    application.membership = _admit(actor, application, document_number, now=now)
    application.document_number = document_number
    _sign_national_decision(application, actor, now=now)
    set_deadline(application)
    with constraints_as_sentences():
        application.save()
    record(
        actor,
        events.CONFIRMED,
        application,
        now=now,
        after={"state": application.state, "document_number": document_number, "effective_on": today.isoformat()},
        case=application.reference,
    )
    record_decision(application, Action.CONFIRM, facts, actor=actor, now=now, document_number=document_number)
    tell(events.CONFIRMED, application, now=now)
    return application


def _missing_for_confirmation(
    application: Application, document_number: str, confirmed: set[str], *, today: date
) -> list:
    missing = missing_while_held(application, today=today)
    missing += missing_in_document_number(document_number, year=today.year)
    missing += missing_for_agreement(desk_lines(application), confirmed)
    if application.photo_id is None:
        missing.append(_("这件申请没有照片，不能制作会员证。请退回地方协会要求补正。"))
    return missing


@transaction.atomic
def return_application(
    *, actor: Actor, application_id, version: int, reason_code: str, note: str = "", now: datetime
) -> Application:
    """Return a case to its association, which agrees again or refuses with reason."""
    application = open_case(actor, application_id, version, can_recheck_application)
    facts = facts_now(application, now=now)
    take_step(application, Action.RETURN, actor=actor, now=now)
    today = civil_date(now)
    held = missing_while_held(application, today=today)
    refuse_if(held + missing_in_reason("return", reason_code, on=today))
    _sign_national_decision(application, actor, now=now)
    application.reason_code, application.reason_note = reason_code, note.strip() or None
    BatchItem.objects.filter(batch_id=application.batch_id, application=application).update(
        returned_at=now, reason_code=reason_code
    )
    if application.reason_note:
        keep_note(actor, application, NoteKind.RETURN, application.reason_note, now=now)
    set_deadline(application)
    with constraints_as_sentences():
        application.save()
    record(
        actor,
        events.RETURNED,
        application,
        now=now,
        after={"state": application.state, "reason_code": reason_code},
        personal={"note": note} if note else None,
        data_key=application.data_key if note else None,
        case=application.reference,
    )
    record_decision(application, Action.RETURN, facts, actor=actor, now=now, reason_code=reason_code)
    tell(events.RETURNED, application, now=now)
    return application


def confirm_items(
    *,
    actor: Actor,
    items: Iterable[tuple[object, int]],
    document_number: str,
    now: datetime,
    only_clean: bool = False,
) -> list[ItemResult]:
    """Confirm several cases, (id, version) each, every one in its own transaction: one that fails stops no other."""

    def confirm(application_id, version):
        confirm_application(
            actor=actor,
            application_id=application_id,
            version=version,
            document_number=document_number,
            now=now,
            only_clean=only_clean,
        )

    return one_by_one(items, confirm, actor=actor, action=Action.CONFIRM)


def _admit(actor: Actor, application: Application, document_number: str, *, now: datetime):
    """Downwards: the account, the confirmed details and the photo to the person, the person into the register, the
    name onto the announcement. The account gets its person only now: two officers have looked whether it is theirs.
    Whoever comes out of the register keeps the name, sex and birth date that stand there.
    """
    by = {"actor": actor, "person_id": application.person_id, "now": now}
    case, answers = application.reference, application.answers
    link_user(**by, user_id=application.user_id)
    converts = will_convert(application)
    person = get_person(application.person_id) if converts else confirm_details(**by, **_details(answers), case=case)
    set_photo(**by, stored_file=application.photo_id, case=case)
    membership = (convert_membership if converts else admit_member)(
        **by,
        kind=MemberKind.NON_PRACTISING,
        association_code=application.association_id,
        effective_on=civil_date(now),
        document_number=document_number,
        case=case,
    )
    announce_admission(
        document_number=document_number,
        name=person.name,
        association_code=application.association_id,
        data_key=person.data_key,
        case=case,
        now=now,
    )
    return membership


def _details(answers: dict) -> dict:
    return {
        "name": answers[Field.NAME],
        "sex": answers.get(Field.SEX, ""),
        "birth_on": read_date(answers.get(Field.BIRTH_ON)),
    }


def _sign_national_decision(application: Application, actor: Actor, *, now: datetime) -> None:
    application.national_decided_at = now
    application.national_decided_by_id = actor.user_id
    application.national_decided_by_person_id = actor.person_id
