"""Until when a decision can be appealed, and what lies before those who decide appeals."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from apps.accounts.enums import Permission
from apps.accounts.policies import ALL, association_scope
from apps.applicants.enums import Action, AppealState, State
from apps.applicants.models import Appeal, Application
from apps.core.actor import Actor
from apps.core.clock import civil_date
from apps.rules.selectors import rule_value

APPEALED = {State.REFUSED: Action.REFUSE, State.EXPIRED: Action.EXPIRE}
"""The states against which one can appeal, and the step that led there."""


@dataclass(frozen=True)
class AppealWindow:
    """`last_day` is the last day on which the appeal can be made, that day included."""

    against_at: datetime
    last_day: date
    is_open: bool


def appeal_window(application: Application, *, today: date) -> AppealWindow | None:
    """For a refused or lapsed case; None for any other, and where the appeal was made already."""
    if application.state not in APPEALED:
        return None
    steps = [step for step in application.steps.all() if step.action == APPEALED[application.state]]
    against_at = max(step.at for step in steps)
    if application.appeals.filter(against_at=against_at).exists():
        return None
    ended_on = civil_date(against_at)
    days = rule_value("appeal.days", on=ended_on, association_code=application.association_id)
    last_day = ended_on + timedelta(days=int(days))
    return AppealWindow(against_at, last_day, today <= last_day)


def latest_appeal(application: Application) -> Appeal | None:
    return application.appeals.select_related("data_key").order_by("-filed_at").first()


def appeal_by_id(appeal_id) -> Appeal:
    related = ("data_key", "application__data_key", "application__user", "application__association")
    return Appeal.objects.select_related(*related).get(pk=appeal_id)


def appeals_visible_to(actor: Actor) -> QuerySet[Appeal]:
    """Every appeal but one's own, for those who decide them."""
    if association_scope(actor, Permission.DECIDE_APPEAL) != ALL:
        return Appeal.objects.none()
    rows = Appeal.objects.exclude(application__user_id=actor.user_id)
    if actor.person_id is not None:
        rows = rows.exclude(application__person_id=actor.person_id)
    return rows.select_related("data_key", "application__data_key", "application__association", "application__user")


def waiting_appeals(actor: Actor) -> QuerySet[Appeal]:
    return appeals_visible_to(actor).filter(state=AppealState.FILED)


def decided_appeals(actor: Actor) -> QuerySet[Appeal]:
    return appeals_visible_to(actor).exclude(state=AppealState.FILED)


def letter_deadline(application: Application) -> date | None:
    """The last day on which the refusal must have been told; None where nothing was refused."""
    if application.state != State.REFUSED:
        return None
    decided_on = civil_date(application.local_decided_at)
    days = rule_value("refusal.notify_days", on=decided_on, association_code=application.association_id)
    return decided_on + timedelta(days=int(days))
