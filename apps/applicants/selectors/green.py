"""Clean cases at the national re-check: sent, and every check green, of whichever association."""

from datetime import date
from uuid import UUID

from apps.applicants.enums import State
from apps.applicants.models import Application
from apps.applicants.selectors.desk_page import Page
from apps.applicants.selectors.holds import held_on
from apps.applicants.selectors.worklist import applications_visible_to
from apps.core.actor import Actor
from apps.core.keyset import beyond, read_key, write_key

GREEN_PAGE = 100


def green_cases(actor: Actor, *, today: date):
    """The nearest deadline first; nobody's own, nothing that the reader agreed to as first officer, nothing that
    rests."""
    cases = applications_visible_to(actor).filter(state=State.SENT, checks_green=True).exclude(held_on(today))
    return cases.exclude(local_decided_by_id=actor.user_id).exclude(local_decided_by_person_id=actor.person_id)


def green_page(actor: Actor, *, today: date, after: str = "", size: int = GREEN_PAGE) -> Page:
    rows = green_cases(actor, today=today)
    key: tuple[date, UUID] | None = read_key(after, date)
    if key is not None:
        rows = rows.filter(beyond("decide_by", key))
    rows = list(rows.select_related("data_key", "association", "batch").order_by("decide_by", "id")[: size + 1])
    return Page(rows[:size], next_cursor=write_key(rows[size - 1], "decide_by") if len(rows) > size else "")


def green_count(actor: Actor, *, today: date, most: int) -> int:
    """As far as `most` + 1."""
    green = green_cases(actor, today=today)
    return Application.objects.filter(pk__in=green.order_by().values("pk")[: most + 1]).count()
