"""What waits for the applicant: a draft, a correction; and that a draft was erased."""

from datetime import datetime

from django.utils.translation import override

from apps.accounts.selectors import user_by_id
from apps.applicants.selectors import draft_purpose, open_correction, reminder_by_id
from apps.associations.selectors import contact_for, national_body
from apps.notifications.services.sending import Reader, address_of, send_once, short, tell_applicant


def tell_of_waiting_correction(reminder_id, *, now: datetime) -> None:
    reminder = reminder_by_id(reminder_id)
    request = reminder and open_correction(reminder.application)
    if request is None:
        return  # answered, withdrawn or ended before the mail was written
    application = reminder.application
    context = {"due": request.answer_by, "page": address_of("applicants:answer", application.reference)}
    tell_applicant(application, "correction_reminder", context, once=short(reminder.pk), now=now)


def tell_of_waiting_draft(reminder_id, *, now: datetime) -> None:
    reminder = reminder_by_id(reminder_id)
    if reminder is None or reminder.application.reference:
        return  # erased or submitted meanwhile
    draft = reminder.application
    case, purpose = draft_purpose(reminder)
    template, _colon, once = purpose.partition(":")
    reader = Reader(draft.user.email, draft.language, draft.answers.get("phone", ""))
    context = _of_drafts(draft.language) | {"last_on": reminder.last_on, "page": address_of("applicants:tasks")}
    send_once(template, reader, context, case=case, once=once, data_key=draft.data_key, now=now)


def tell_of_erased_draft(user_id, *, draft: str, language: str, now: datetime) -> None:
    """Nothing of the draft is left but this sentence; it goes to the account, by mail alone."""
    user = user_by_id(user_id)
    if user is None or not user.email:
        return
    context = _of_drafts(language) | {"page": address_of("applicants:apply")}
    reader = Reader(user.email, language)
    send_once("draft_erased", reader, context, case=f"draft:{draft}", once="", data_key=None, now=now)


def _of_drafts(language: str) -> dict:
    """A draft belongs to no association yet: the national body answers."""
    with override(language):
        return {"contact": contact_for(national_body())}
