"""The office's work list: which cases somebody may see, and what a line of the list says."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from apps.accounts.enums import Permission
from apps.accounts.policies import ALL, association_scope
from apps.applicants.enums import Field, State
from apps.applicants.models import Application
from apps.applicants.policies import RECHECKED_STATES
from apps.applicants.selectors.claims import Claim, claim_of
from apps.applicants.selectors.clock import application_clock
from apps.applicants.selectors.conflicts import conflicts_of
from apps.core.actor import Actor
from apps.core.clock import civil_date
from apps.core.working_days import StatutoryClock, WorkingCalendar


def applications_visible_to(actor: Actor) -> QuerySet[Application]:
    """Agrees with policies.can_view_application, case by case."""
    concerns = conflicts_of(actor)
    return _of_own_offices(actor) if concerns is None else _of_own_offices(actor).exclude(concerns)


def conflicted_case(actor: Actor, reference: str) -> Application | None:
    """This case of the actor's offices, where a conflict of interest alone keeps it from the actor."""
    concerns = conflicts_of(actor)
    return None if concerns is None else _of_own_offices(actor).filter(concerns, reference=reference).first()


def _of_own_offices(actor: Actor) -> QuerySet[Application]:
    visible = Q(association_id__in=reviewed_codes(actor)) & ~Q(state=State.DRAFT)
    if association_scope(actor, Permission.RECHECK_APPLICATION) == ALL:
        visible |= Q(state__in=sorted(RECHECKED_STATES))
    own = Q(user_id=actor.user_id)
    if actor.person_id is not None:
        own |= Q(person_id=actor.person_id)
    return Application.objects.filter(visible).exclude(own)


def applications_to_review(actor: Actor) -> QuerySet[Application]:
    """The part of it that belongs to the associations where the actor reviews."""
    return applications_visible_to(actor).filter(association_id__in=reviewed_codes(actor))


def reviewed_codes(actor: Actor) -> list[str]:
    scope = association_scope(actor, Permission.REVIEW_APPLICATION)
    return sorted(scope)


@dataclass(frozen=True)
class Row:
    """A line of the work list: what an officer needs to choose the next case."""

    application: Application
    name: str
    clock: StatutoryClock | None
    used: int
    days_left: int | None
    age: int
    checks_green: bool
    claim: Claim | None

    @property
    def can_be_agreed_in_bulk(self) -> bool:
        """Whether the row has a box. The service asks again, and says why where it does not agree."""
        return self.checks_green and self.application.state == State.SUBMITTED

    @property
    def days_over(self) -> int:
        return max(-(self.days_left or 0), 0)


def work_list_rows(applications: list[Application], calendar: WorkingCalendar, *, now: datetime) -> list[Row]:
    return [_row(application, calendar, now) for application in applications]


def _row(application: Application, calendar: WorkingCalendar, now: datetime) -> Row:
    today = civil_date(now)
    clock = application_clock(application, calendar)
    running = clock is not None and clock.stopped_on is None
    used = clock.used_on(today) if running else 0
    return Row(
        application=application,
        name=application.answers.get(Field.NAME, ""),
        clock=clock,
        used=used,
        days_left=clock.allowed - used if running else None,
        age=(today - civil_date(application.submitted_at)).days,
        checks_green=application.checks_green,
        claim=claim_of(application, now=now),
    )
