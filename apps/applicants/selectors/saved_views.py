"""An officer's own views of the work list."""

from apps.applicants.models import SavedView

MOST = 20
"""So many fit beside the list; each is counted at every look."""


def saved_views_of(user_id: int) -> list[SavedView]:
    return list(SavedView.objects.filter(user_id=user_id).order_by("created_at", "id")[:MOST])
