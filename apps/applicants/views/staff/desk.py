"""Which list an officer came from: kept in the session, so that every way back and every "next" is about it."""

from django.urls import reverse

from apps.applicants.selectors.desk_view import DeskView

LAST_VIEW = "desk_view"


def remember_view(request, view: DeskView) -> None:
    """Written only where it changed: a list that is looked at again costs no write."""
    if request.session.get(LAST_VIEW) != view.query:
        request.session[LAST_VIEW] = view.query


def last_view(request) -> str:
    return request.session.get(LAST_VIEW, "")


def last_list(request) -> str:
    query = last_view(request)
    return reverse("applicants:worklist") + (f"?{query}" if query else "")
