"""What upper floors may ask of the joining process."""

from apps.applicants.selectors.drafts import draft_of_user
from apps.applicants.selectors.progress import (
    application_by_id,
    application_by_reference,
    applications_of_user,
    open_correction,
    state_words,
)

__all__ = [
    "application_by_id",
    "application_by_reference",
    "applications_of_user",
    "draft_of_user",
    "open_correction",
    "state_words",
]
