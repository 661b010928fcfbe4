"""Undoing a wrong admission: one person of the national body asks, another decides. Nothing is deleted by it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.applicants import events
from apps.applicants.enums import State, UndoAction
from apps.applicants.models import Application, Undo
from apps.applicants.policies import can_ask_undo, can_decide_undo
from apps.applicants.selectors.document_numbers import missing_in_document_number, normalise_document_number
from apps.applicants.selectors.undoing import open_undo
from apps.applicants.services.guards import constraints_as_sentences
from apps.applicants.services.review import why_not_permitted
from apps.applicants.services.steps import lock_application, tell
from apps.applicants.workflow import UNDO
from apps.audit.services import record
from apps.content.services import announce_removal
from apps.core.actor import Actor
from apps.core.clock import civil_date
from apps.core.errors import NotPermitted, TransitionRefused, refuse_if
from apps.core.steps import check_version
from apps.members.selectors import membership_state
from apps.members.services import void_membership
from apps.rules.enums import ReasonKind
from apps.rules.selectors import reasons


@transaction.atomic
def ask_undo(*, actor: Actor, application_id, version: int, reason_code: str, facts: str, now: datetime) -> Undo:
    """Ask that an admission be undone. Nothing changes for the member until another person confirms."""
    application = lock_application(application_id)
    if not can_ask_undo(actor, application):
        raise NotPermitted(why_not_permitted(actor, application))
    check_version(application, version)
    if application.state != State.CONFIRMED or application.undone_at or open_undo(application):
        raise TransitionRefused
    refuse_if(missing_in_undo(application, reason_code, facts, now=now))
    with constraints_as_sentences():
        undo = Undo.objects.create(
            application=application,
            person_id=application.person_id,
            data_key=application.data_key,
            reason_code=reason_code,
            facts=facts.strip(),
            asked_at=now,
            asked_by_id=actor.user_id,
            asked_by_person_id=actor.person_id,
            asker_label=actor.label,
        )
    _record(actor, events.UNDO_ASKED, undo, {"reason_code": reason_code}, now=now)
    return undo


@transaction.atomic
def confirm_undo(*, actor: Actor, undo_id, document_number: str, now: datetime) -> Undo:
    """Undo the admission: the membership is void from its first day, its number leads nowhere and is never given
    again, the removal is announced, and the person is told why and what they can do.
    """
    application, undo = _lock(undo_id)
    _authorise(actor, application, undo)
    undo.state = UNDO.target(undo.state, UndoAction.CONFIRM)
    document_number = normalise_document_number(document_number)
    refuse_if(missing_in_document_number(document_number, year=civil_date(now).year))
    undo.document_number = document_number
    _sign(undo, actor, now=now)
    application.undone_at, application.changed_at = now, now
    application.version += 1
    application.save()
    void_membership(actor=actor, membership_id=application.membership_id, case=application.reference, now=now)
    announce_removal(
        document_number=document_number,
        name=application.person.name,
        association_code=application.association_id,
        data_key=application.person.data_key,
        case=f"{application.reference}/undo",
        now=now,
    )
    _record(actor, events.UNDONE, undo, {"document_number": document_number}, now=now)
    tell(events.UNDONE, application, now=now)
    return undo


@transaction.atomic
def decline_undo(*, actor: Actor, undo_id, now: datetime) -> Undo:
    """Leave the admission as it is. It may be asked for again."""
    application, undo = _lock(undo_id)
    _authorise(actor, application, undo)
    undo.state = UNDO.target(undo.state, UndoAction.DECLINE)
    _sign(undo, actor, now=now)
    _record(actor, events.UNDO_DECLINED, undo, {}, now=now)
    return undo


def missing_in_undo(application: Application, reason_code: str, facts: str, *, now: datetime) -> list:
    today = civil_date(now)
    missing = []
    if reason_code not in {reason.code for reason in reasons(ReasonKind.UNDO, on=today)}:
        missing.append(_("请从目录中选择一项理由。"))
    if not facts.strip():
        missing.append(_("请写明查明的事实，例如“考试办公室 2026年4月1日函复：合格证持有人为另一人”。"))
    membership = application.membership
    if not membership_state(membership, on=max(today, membership.admitted_on)).is_current:
        missing.append(_("这项会员资格已经终止，不能再撤销登记。"))
    return missing


def _lock(undo_id) -> tuple[Application, Undo]:
    """The case first, as everywhere."""
    application = lock_application(Undo.objects.values_list("application_id", flat=True).get(pk=undo_id))
    undo = Undo.objects.select_for_update(of=("self",)).select_related("data_key").get(pk=undo_id)
    undo.application = application
    return application, undo


def _authorise(actor: Actor, application: Application, undo: Undo) -> None:
    if not can_decide_undo(actor, application, undo):
        if actor.person_id is not None and actor.person_id == undo.asked_by_person_id:
            raise NotPermitted(_("提出撤销的人不能自己确认，请由中注协另一位工作人员决定。"))
        raise NotPermitted(why_not_permitted(actor, application))


def _sign(undo: Undo, actor: Actor, *, now: datetime) -> None:
    undo.decided_at = now
    undo.decided_by_id, undo.decided_by_person_id = actor.user_id, actor.person_id
    with constraints_as_sentences():
        undo.save()


def _record(actor: Actor, action: str, undo: Undo, after: dict, *, now: datetime) -> None:
    application = undo.application
    record(
        actor,
        action,
        application,
        now=now,
        after={"undo": str(undo.pk), "state": undo.state, **after},
        personal={"facts": undo.facts},
        data_key=undo.data_key,
        case=application.reference,
    )
