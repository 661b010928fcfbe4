"""What upper floors may ask of the joining process."""

from apps.applicants.selectors.appeals import appeal_by_id, appeal_window
from apps.applicants.selectors.corrections import open_correction
from apps.applicants.selectors.drafts import draft_of_user
from apps.applicants.selectors.progress import (
    application_by_id,
    application_by_reference,
    applications_of_user,
    state_words,
)
from apps.applicants.selectors.reminders import draft_purpose, reminder_by_id
from apps.applicants.selectors.undoing import confirmed_undo

__all__ = [
    "appeal_by_id",
    "appeal_window",
    "application_by_id",
    "application_by_reference",
    "applications_of_user",
    "confirmed_undo",
    "draft_of_user",
    "draft_purpose",
    "open_correction",
    "reminder_by_id",
    "state_words",
]
