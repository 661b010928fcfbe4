"""The applicant answers a correction: everything that was asked, at once; then the clock goes on."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from apps.applicants import events
from apps.applicants.enums import Action, Field
from apps.applicants.models import Application, CorrectionRequest
from apps.applicants.policies import can_answer_correction
from apps.applicants.selectors.attachments import papers_since
from apps.applicants.services.claims import renew_claim
from apps.applicants.services.deadlines import set_deadline
from apps.applicants.services.drafts import store_picture
from apps.applicants.services.steps import lock_application, take_step, tell
from apps.applicants.services.submission import apply_answers, raise_if_second
from apps.audit.services import record
from apps.core.actor import Actor
from apps.core.errors import NotPermitted, refuse_if
from apps.core.steps import check_version

ALSO_ANSWERED = {
    Field.IDENTITY_TYPE: {Field.IDENTITY_NUMBER, Field.IDENTITY_COUNTRY, Field.BIRTH_ON, Field.SEX},
    Field.IDENTITY_NUMBER: {Field.IDENTITY_TYPE, Field.IDENTITY_COUNTRY, Field.BIRTH_ON, Field.SEX},
}
"""A document is one thing: who mends its number may have to mend its type, too."""


def answer_correction(
    *, actor: Actor, application_id, version: int, answers: dict, picture: bytes | None = None, now: datetime
) -> Application:
    """Take the answers to the open request; nothing else of the application can change.

    Raises TransitionRefused where it is answered already, RequirementsMissing, SecondApplication.
    """
    try:
        return _answer(actor, application_id, version, answers, picture, now)
    except IntegrityError as error:
        raise_if_second(error)
        raise


@transaction.atomic
def _answer(actor, application_id, version, answers, picture, now) -> Application:
    application = lock_application(application_id)
    if not can_answer_correction(actor, application):
        raise NotPermitted
    check_version(application, version)
    take_step(application, Action.ANSWER_CORRECTION, actor=actor, now=now)
    request = application.corrections.get(answered_at=None)
    refuse_if(missing_answers(request, answers, picture))
    before = _take_answers(application, request, answers, picture, now)
    apply_answers(application, actor=actor, now=now)
    request.answered_at = now
    request.changed_fields = _changed(application, before, picture)
    request.save(update_fields=["answered_at", "changed_fields"])
    renew_claim(application, now=now)
    set_deadline(application)
    application.save()
    _record(actor, application, request, before, now)
    tell(events.CORRECTION_ANSWERED, application, now=now)
    return application


def asked_fields(request: CorrectionRequest) -> set[str]:
    """What may be answered: the fields of the request, and what belongs to the same document."""
    asked = {item.field for item in request.items.all()}
    return asked.union(*(ALSO_ANSWERED.get(field, set()) for field in asked))


def missing_answers(request: CorrectionRequest, answers: dict, picture: bytes | None) -> list:
    """A sentence for each item that has no answer. What is optional in the form may be answered by leaving it empty."""
    return [
        _("“%(field)s”还没有补正。") % {"field": item.get_field_display()}
        for item in request.items.all()
        if not _is_answered(request, item.field, answers, picture)
    ]


def _is_answered(request: CorrectionRequest, field: str, answers: dict, picture: bytes | None) -> bool:
    if field == Field.PHOTO:
        return picture is not None
    if field == Field.ATTACHMENTS:
        return papers_since(request.application, request.requested_at) > 0
    return field in answers


def _take_answers(application, request, answers, picture, now) -> dict:
    asked = asked_fields(request)
    taken = {name: value for name, value in answers.items() if name in asked or name == "roll_province"}
    before = {name: application.answers.get(name) for name in taken}
    rest = {name: value for name, value in application.answers.items() if name != "typed"}
    application.answers = rest | taken
    if picture and Field.PHOTO in asked:
        application.photo, application.photo_from_roll = store_picture(application, picture, now=now), False
    return before


def _changed(application: Application, before: dict, picture: bytes | None) -> list[str]:
    """Names of the answers that are not what they were."""
    changed = {name for name, value in before.items() if application.answers.get(name) != value}
    return sorted((changed | ({Field.PHOTO.value} if picture else set())) & set(Field.values))


def _record(actor, application, request, before, now) -> None:
    record(
        actor,
        events.CORRECTION_ANSWERED,
        application,
        after={"fields": sorted(item.field for item in request.items.all())},
        personal={"before": before},
        data_key=application.data_key,
        case=application.reference,
        now=now,
    )
