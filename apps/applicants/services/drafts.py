"""An application while it is being filled in. It belongs to the account, so it can be gone on with anywhere."""

from datetime import datetime

from django.db import IntegrityError, transaction

from apps.applicants.enums import Field, Page, State
from apps.applicants.models import Application
from apps.applicants.policies import can_fill_in, can_type
from apps.applicants.selectors.own_record import known_answers
from apps.applicants.services.steps import lock_application
from apps.associations.enums import NATIONAL_CODE
from apps.audit.services import record
from apps.core.actor import Actor
from apps.core.encryption import create_data_key
from apps.core.errors import NotPermitted
from apps.documents.services import store_file
from apps.people.selectors import is_overseas

ON_THE_ROLL = (Field.CERTIFICATE_NUMBER, Field.NAME, Field.IDENTITY_TYPE, Field.IDENTITY_NUMBER)


def open_draft(*, actor: Actor, eligibility: dict | None, language: str, now: datetime) -> Application:
    """The account's draft: the one begun before, wherever that was, else a new one. New eligibility answers count."""
    draft = draft_of(actor) or create_draft(actor, language, now)
    if not eligibility or draft.answers.get("eligibility") == eligibility:
        return draft
    return _change(draft.pk, actor, {"eligibility": eligibility}, now)


def save_page(application_id, *, actor: Actor, page: Page, answers: dict, now: datetime) -> Application:
    """Keep a page that is in order; what was typed there before is forgotten."""
    return _change(application_id, actor, answers, now, page)


def save_photo(application_id, *, actor: Actor, picture: bytes, now: datetime) -> Application:
    """Keep the accepted photo in place of an earlier one."""
    return _change(application_id, actor, {}, now, Page.PHOTO, picture)


@transaction.atomic
def keep_typed(application_id, *, actor: Actor, page: str, typed: dict, now: datetime) -> Application:
    """Keep what stands on a page that is not in order yet, as it was typed: nothing is lost, nothing is decided."""
    application = lock_application(application_id)
    if not can_type(actor, application):
        raise NotPermitted
    kept = application.answers.get("typed", {}) | {page: typed}
    application.answers = application.answers | {"typed": kept}
    if application.state == State.DRAFT:
        application.changed_at = now  # somebody works on it: no reminder, no erasure
    application.save(update_fields=["answers", "changed_at"])
    return application


@transaction.atomic
def _change(
    application_id, actor: Actor, answers: dict, now: datetime, page: str = "", picture: bytes | None = None
) -> Application:
    draft = lock_application(application_id)
    if not can_fill_in(actor, draft):
        raise NotPermitted
    if picture:
        draft.photo, draft.photo_from_roll = store_picture(draft, picture, now=now), False
    before, draft.answers = draft.answers, _settled(draft.answers | answers, page)
    if draft.photo_from_roll and any(before.get(name) != draft.answers.get(name) for name in ON_THE_ROLL):
        draft.photo, draft.photo_from_roll = None, False  # it was another line's: whoever this is now, asks anew
    draft.version += 1
    draft.changed_at = now
    draft.save()
    record(actor, "application.page_saved", draft, after={"page": page or "eligibility"}, now=now)
    return draft


def store_picture(application: Application, picture: bytes, *, now: datetime):
    """The accepted photo as a file that only the case's own key opens."""
    return store_file(
        content=picture, media_type="image/jpeg", purpose="application.photo", data_key=application.data_key, now=now
    )


def _settled(answers: dict, page: str) -> dict:
    """With what follows from the document: holders of an overseas document belong to the national body, others not."""
    typed = {name: kept for name, kept in answers.get("typed", {}).items() if name != page}
    answers = answers | {"typed": typed}
    if is_overseas(answers.get(Field.IDENTITY_TYPE, "")):
        return answers | {Field.ASSOCIATION: NATIONAL_CODE}
    if answers.get(Field.ASSOCIATION) == NATIONAL_CODE:
        del answers[Field.ASSOCIATION]
    return answers


def draft_of(actor: Actor) -> Application | None:
    return Application.objects.filter(user_id=actor.user_id, state=State.DRAFT).select_related("data_key").first()


def create_draft(actor: Actor, language: str, now: datetime) -> Application:
    """Two windows at once begin one draft: the constraint tells the second, which then takes the first's."""
    try:
        with transaction.atomic():
            draft = Application.objects.create(
                user_id=actor.user_id,
                data_key=create_data_key(),
                answers=known_answers(actor),
                language=language,
                created_at=now,
                changed_at=now,
            )
            record(actor, "application.begun", draft, now=now)
            return draft
    except IntegrityError:
        return draft_of(actor)
