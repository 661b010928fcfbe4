"""Whether the applicant knows of a correction: they open the page, an officer phones, or writes once more."""

from datetime import date, datetime, timedelta

from django.db import transaction

from apps.applicants import events
from apps.applicants.models import Application, CorrectionRequest
from apps.applicants.policies import can_review_application, is_applicant
from apps.applicants.selectors.corrections import knows_of, open_correction, purpose_of, told_at
from apps.applicants.services.deadlines import set_deadline
from apps.applicants.services.review import correction_deadline
from apps.applicants.services.steps import lock_application, tell
from apps.audit.services import record
from apps.core.actor import Actor
from apps.core.clock import civil_date
from apps.core.errors import NotPermitted, TransitionRefused
from apps.mail.selectors import messages_for, messages_of_case
from apps.mail.services import send_again


@transaction.atomic
def note_opened(*, actor: Actor, application_id, has_proved: bool = False, now: datetime) -> None:
    """The applicant sees what is asked. `has_proved`: by a one-time code to the address of the case."""
    application = lock_application(application_id)
    if not (has_proved or is_applicant(actor, application)):
        raise NotPermitted
    request = open_correction(application)
    if request is None or request.opened_at:
        return
    request.opened_at = now
    request.save(update_fields=["opened_at"])
    record(actor, "application.correction_opened", application, now=now, case=application.reference)


@transaction.atomic
def record_phone_call(*, actor: Actor, application_id, now: datetime) -> CorrectionRequest:
    """An officer has told the applicant on the phone. The days to answer begin with this day: they know it only now."""
    application, request = _unreached(actor, application_id)
    request.told_at, request.told_by_label = now, actor.label
    _renew(application, request, now=now)
    _record(actor, "application.correction_told_by_phone", application, request, now=now)
    return request


@transaction.atomic
def tell_again(*, actor: Actor, application_id, now: datetime) -> CorrectionRequest:
    """Write to the applicant once more, with new days to answer."""
    application, request = _unreached(actor, application_id)
    _renew(application, request, now=now)
    _record(actor, events.CORRECTION_TOLD_AGAIN, application, request, now=now)
    tell(events.CORRECTION_TOLD_AGAIN, application, now=now)
    return request


@transaction.atomic
def send_message_again(*, actor: Actor, application_id, message_id, now: datetime) -> bool:
    """Any message of the case that was lost, in the same words. False where it cannot go."""
    application = lock_application(application_id)
    if not can_review_application(actor, application):
        raise NotPermitted
    message = messages_of_case(application.reference).filter(pk=message_id, is_secret=False).first()
    if message is None or send_again(message.pk, now=now) is None:
        return False
    after = {"purpose": message.purpose}
    record(actor, "application.message_sent_again", application, now=now, after=after, case=application.reference)
    return True


def give_full_days(application: Application, request: CorrectionRequest) -> None:
    """Who was told later than on the next day, because a message lay waiting or came back, has the full days from
    then. The caller holds the case's lock; the last day only ever moves on."""
    moment = told_at(application, request)
    if moment is not None:
        _move_on(application, request, told_on=civil_date(moment))


@transaction.atomic
def renew_late_request(application_id, *, now: datetime) -> None:
    """Before the first message about a request is written: if that is days late, it names a day that can be kept."""
    application = lock_application(application_id)
    request = open_correction(application)
    if request is None or messages_for(application.reference, purpose_of(request)).exists():
        return
    if request.tellings == 1:
        _move_on(application, request, told_on=civil_date(now))


def _move_on(application: Application, request: CorrectionRequest, *, told_on: date) -> None:
    deadline = correction_deadline(application, asked_on=told_on)
    if told_on <= civil_date(request.requested_at) + timedelta(days=1) or deadline <= request.answer_by:
        return
    request.answer_by = deadline
    request.save(update_fields=["answer_by"])
    set_deadline(application)
    application.save(update_fields=["decide_by", "decide_by_provisional"])


def _unreached(actor: Actor, application_id) -> tuple[Application, CorrectionRequest]:
    application = lock_application(application_id)
    if not can_review_application(actor, application):
        raise NotPermitted
    request = open_correction(application)
    if request is None or knows_of(application, request):
        raise TransitionRefused
    return application, request


def _renew(application: Application, request: CorrectionRequest, *, now: datetime) -> None:
    request.tellings += 1
    request.answer_by = max(request.answer_by, correction_deadline(application, asked_on=civil_date(now)))
    request.save()
    set_deadline(application)
    application.save(update_fields=["decide_by", "decide_by_provisional"])


def _record(actor, action, application, request, *, now) -> None:
    after = {"answer_by": request.answer_by.isoformat()}
    record(actor, action, application, now=now, after=after, case=application.reference)
