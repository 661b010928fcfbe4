"""What upper floors may ask of the joining process."""

from apps.applicants.selectors.drafts import draft_of_user
from apps.applicants.selectors.progress import application_by_id, applications_of_user, state_words

__all__ = ["application_by_id", "applications_of_user", "draft_of_user", "state_words"]
