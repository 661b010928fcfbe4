"""The next case of a list: of twenty officers who ask at once, each gets another one, and nobody waits for anybody."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from apps.applicants.enums import LOCAL_STATES, Handling
from apps.applicants.models import Application
from apps.applicants.policies import can_review_application
from apps.applicants.selectors.desk_page import order_of, pieces
from apps.applicants.selectors.desk_view import NOBODY, DeskView
from apps.applicants.selectors.had_part import reopened_after_part_of
from apps.applicants.services.claims import hand_to
from apps.core.actor import Actor
from apps.rules.selectors import working_calendar


@transaction.atomic
def claim_next(*, actor: Actor, view: DeskView, now: datetime) -> Application | None:
    """Claim the first free case of the view, past those that a colleague's transaction holds; None if none is left.

    A view in which nothing can be decided stands for the association's own turn.
    """
    parts = [part.exclude(reopened_after_part_of(actor)) for part in _free_parts(actor, view, now)]
    firsts = [first for part in parts if (first := _first(part, view))]
    for application in sorted(firsts, key=lambda case: _place(case, view), reverse=view.by.startswith("-")):
        if can_review_application(actor, application):
            hand_to(application, actor.user_id, Handling.CLAIMED, actor=actor, now=now)
            return application
    return None


def _free_parts(actor: Actor, view: DeskView, now: datetime) -> list:
    states = [state for state in view.states if state in LOCAL_STATES] or sorted(LOCAL_STATES)
    views = [replace(view, state=state, officer=NOBODY) for state in states]
    return [part for one in views for part in pieces(actor, one, working_calendar(), now=now)]


def _first(part, view: DeskView) -> Application | None:
    locked = part.select_for_update(of=("self",), skip_locked=True)
    return locked.select_related("data_key").order_by(*order_of(view)).first()


def _place(application: Application, view: DeskView):
    return getattr(application, view.by.lstrip("-")), application.pk
