"""Messages between an office and the applicant: written on the case, told by mail, answered on the progress page."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.applicants import events
from apps.applicants.enums import Sender
from apps.applicants.models import Application, CaseMessage
from apps.applicants.policies import can_answer_message, can_message_applicant
from apps.applicants.selectors.messages import may_answer_now
from apps.applicants.services.steps import lock_application
from apps.audit.services import record
from apps.core.actor import Actor
from apps.core.errors import NotPermitted, RequirementsMissing, TransitionRefused
from apps.outbox.services import enqueue


@transaction.atomic
def message_applicant(*, actor: Actor, application_id, text: str, now: datetime) -> CaseMessage:
    """Write to the applicant. The mail says that there is a message; the words stand on the progress page."""
    application = lock_application(application_id)
    if not can_message_applicant(actor, application):
        raise NotPermitted
    if not text.strip():
        raise RequirementsMissing([_("请写下要告诉申请人的话，例如“您的材料已收齐，预计下周完成审查”。")])
    message = _write(application, Sender.OFFICE, actor, text, now=now)
    _announce(events.MESSAGE_WRITTEN, message, actor, now=now)
    return message


@transaction.atomic
def answer_office(*, actor: Actor, application_id, text: str, now: datetime) -> CaseMessage:
    """The applicant's answer: new on the case until somebody of the office has read it."""
    application = lock_application(application_id)
    if not can_answer_message(actor, application):
        raise NotPermitted
    if not may_answer_now(application):
        raise TransitionRefused(_("现在不能再答复。请等协会看过您已写的答复，或致电协会。"))
    if not text.strip():
        raise RequirementsMissing([_("请写下您的答复。")])
    message = _write(application, Sender.APPLICANT, actor, text, now=now)
    _announce(events.MESSAGE_ANSWERED, message, actor, now=now)
    return message


@transaction.atomic
def mark_answers_read(*, actor: Actor, application_id, now: datetime) -> int:
    """Say that the office has read every answer of the case up to now. Returns how many were new."""
    application = lock_application(application_id)
    if not can_message_applicant(actor, application):
        raise NotPermitted
    unread = CaseMessage.objects.filter(application=application, sender=Sender.APPLICANT, read_at=None)
    count = unread.update(read_at=now, read_by_id=actor.user_id)
    if count:
        record(actor, events.ANSWER_READ, application, now=now, after={"answers": count}, case=application.reference)
    return count


def _write(application: Application, sender: Sender, actor: Actor, text: str, *, now: datetime) -> CaseMessage:
    return CaseMessage.objects.create(
        application=application,
        data_key=application.data_key,
        sender=sender,
        text=text.strip(),
        written_at=now,
        written_by_id=actor.user_id,
        author_label=actor.label,
    )


def _announce(event: str, message: CaseMessage, actor: Actor, *, now: datetime) -> None:
    application = message.application
    record(
        actor,
        event,
        application,
        now=now,
        after={"message": str(message.pk)},
        personal={"text": message.text},
        data_key=application.data_key,
        case=application.reference,
    )
    payload = {
        "application_id": str(application.pk),
        "reference": application.reference,
        "message_id": str(message.pk),
    }
    enqueue(event, payload, now=now)
