"""What colleagues write about a case between themselves: internal notes, and questions from office to office.

None of it reaches the applicant, whose pages never read these rows.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.applicants import events
from apps.applicants.enums import NoteKind, Office
from apps.applicants.models import Application, CaseNote, CaseQuestion
from apps.applicants.policies import can_answer_question, can_ask_office, can_write_note
from apps.applicants.services.steps import lock_application, tell
from apps.audit.services import record
from apps.core.actor import Actor
from apps.core.errors import NotPermitted, RequirementsMissing, TransitionRefused


@transaction.atomic
def write_note(*, actor: Actor, application_id, text: str, now: datetime) -> CaseNote:
    """An internal note, for everybody of the two offices who may open the case."""
    application = lock_application(application_id)
    if not can_write_note(actor, application):
        raise NotPermitted
    _require(text, _("请写下备注，例如“已致电考试办公室核实，证书属实”。"))
    return keep_note(actor, application, NoteKind.NOTE, text, now=now)


def keep_note(actor: Actor, application: Application, kind: str, text: str, *, now: datetime) -> CaseNote:
    """Write the row and its record, in the transaction of a caller that has locked and authorised."""
    note = CaseNote.objects.create(
        application=application,
        data_key=application.data_key,
        kind=kind,
        text=text.strip(),
        written_at=now,
        written_by_id=actor.user_id,
        author_label=actor.label,
    )
    _record(actor, events.NOTED, application, {"kind": kind}, {"note": note.text}, now=now)
    return note


@transaction.atomic
def ask_office(*, actor: Actor, application_id, asked_of: str, text: str, now: datetime) -> CaseQuestion:
    """Ask the other office of the case. The case stays where it is, and so does its clock."""
    application = lock_application(application_id)
    if not can_ask_office(actor, application, asked_of):
        raise NotPermitted
    _require(text, _("请写下问题，例如“照片与证件照片是否已当面核对？”。"))
    question = CaseQuestion.objects.create(
        application=application,
        data_key=application.data_key,
        asked_of=Office(asked_of),
        text=text.strip(),
        asked_at=now,
        asked_by_id=actor.user_id,
        asker_label=actor.label,
    )
    _record(actor, events.QUESTION_ASKED, application, {"asked_of": asked_of}, {"question": question.text}, now=now)
    tell(events.QUESTION_ASKED, application, now=now)
    return question


@transaction.atomic
def answer_question(*, actor: Actor, question_id, text: str, now: datetime) -> CaseQuestion:
    """Answer for the office that was asked: once, and both offices keep reading it."""
    application = lock_application(CaseQuestion.objects.values_list("application_id", flat=True).get(pk=question_id))
    question = CaseQuestion.objects.select_for_update(of=("self",)).select_related("data_key").get(pk=question_id)
    if not can_answer_question(actor, application, question):
        raise NotPermitted
    if question.answered_at is not None:
        raise TransitionRefused(_("这个问题已经由他人答复，答复见下面。"))
    _require(text, _("请写下答复，例如“已当面核对，与证件照片一致”。"))
    question.answer, question.answered_at = text.strip(), now
    question.answered_by_id, question.answerer_label = actor.user_id, actor.label
    question.save()
    answered = {"question": str(question.pk), "asked_of": question.asked_of}
    _record(actor, events.QUESTION_ANSWERED, application, answered, {"answer": question.answer}, now=now)
    tell(events.QUESTION_ANSWERED, application, now=now)
    return question


def _require(text: str, sentence) -> None:
    if not text.strip():
        raise RequirementsMissing([sentence])


def _record(actor: Actor, action: str, application: Application, after: dict, personal: dict, *, now: datetime) -> None:
    record(
        actor,
        action,
        application,
        now=now,
        after=after,
        personal=personal,
        data_key=application.data_key,
        case=application.reference,
    )
