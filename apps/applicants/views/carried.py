"""What a visitor's session carries until there is an account to keep it. Personal parts are sealed in it, too."""

import base64
import json
from datetime import datetime

from django.http import QueryDict

from apps.applicants.enums import Page
from apps.applicants.models import Application
from apps.applicants.selectors.drafts import draft_of_user
from apps.applicants.services.drafts import keep_typed, open_draft
from apps.core.encryption import open_for_portal, seal_for_portal

ELIGIBILITY = "applicants.eligibility"
TYPED = "applicants.typed"
NEXT = "applicants.next"
SEAL = "applicants.session"
LONGEST = 2000


def eligibility_answers(request) -> dict:
    return request.session.get(ELIGIBILITY, {})


def keep_eligibility(request, answers: dict) -> None:
    request.session[ELIGIBILITY] = eligibility_answers(request) | answers


def typed_values(data: QueryDict, names) -> dict[str, list[str]]:
    """What stands in the boxes of a page, word for word; a date has three boxes."""
    boxes = {name + part for name in names for part in ("", "_year", "_month", "_day")}
    return {key: [value[:LONGEST] for value in data.getlist(key)[:1]] for key in boxes & set(data)}


def posted_version(request) -> int:
    """The version that the form speaks of; -1, which nothing has, where it is not a number."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


def as_posted(typed: dict[str, list[str]]) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, values in typed.items():
        data.setlist(name, values)
    return data


def carry_typed(request, page: str, typed: dict) -> None:
    """Somebody signed out has sent a page: keep it, sealed, for after signing in."""
    _seal(request, _open(request) | {page: typed})


def take_typed(request, page: str) -> dict | None:
    """What was carried for a page, handed over once."""
    pages = _open(request)
    if page not in pages:
        return None
    typed = pages.pop(page)
    _seal(request, pages)
    return typed


def bring_to_draft(request, *, language: str, now: datetime) -> Application | None:
    """Hand over to the account's draft what the session carried; None where there is neither."""
    eligibility, pages = request.session.get(ELIGIBILITY), set(_open(request)) & set(Page)
    draft = draft_of_user(request.actor.user_id)
    if draft is None and not (eligibility and eligibility.get("may_start")):
        return None
    if draft is None or eligibility or pages:
        draft = open_draft(actor=request.actor, eligibility=_whole(eligibility), language=language, now=now)
        for page in pages:
            draft = keep_typed(draft.pk, actor=request.actor, page=page, typed=take_typed(request, page), now=now)
        request.session.pop(ELIGIBILITY, None)
    return draft


def _whole(eligibility: dict | None) -> dict | None:
    """Half-answered questions do not replace the answers of a draft."""
    return eligibility if eligibility and eligibility.get("may_start") else None


def _open(request) -> dict:
    sealed = request.session.get(TYPED)
    return json.loads(open_for_portal(base64.b64decode(sealed), SEAL)) if sealed else {}


def _seal(request, pages: dict) -> None:
    request.session[TYPED] = base64.b64encode(seal_for_portal(json.dumps(pages).encode(), SEAL)).decode()
