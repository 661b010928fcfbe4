"""Whose case it is: a claim lapses by time (rule claim.hours), whether or not any scheduler runs."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from apps.applicants.enums import State
from apps.applicants.models import Application, OfficerChange
from apps.core.actor import Actor
from apps.core.clock import civil_date
from apps.rules.selectors import rule_value

CLAIMABLE_STATES = frozenset({State.SUBMITTED, State.RETURNED, State.CORRECTION_REQUESTED})


@dataclass(frozen=True)
class Claim:
    """Until when the case is whose."""

    officer_id: int
    officer: str
    since: datetime
    until: datetime

    def is_of(self, actor: Actor) -> bool:
        return self.officer_id == actor.user_id


def claim_of(application: Application, *, now: datetime) -> Claim | None:
    """The claim in force, or None. Reads `application.officer`, so lists select it along."""
    if application.officer_id is None or application.state not in CLAIMABLE_STATES:
        return None
    until = application.officer_since + claim_time(application.association_id, now)
    return (
        Claim(application.officer_id, str(application.officer), application.officer_since, until)
        if until > now
        else None
    )


def claim_time(association_code: str, now: datetime) -> timedelta:
    return timedelta(hours=float(rule_value("claim.hours", on=civil_date(now), association_code=association_code)))


def is_free(association_code: str, now: datetime) -> Q:
    """Agrees with claim_of: nobody's, or nobody's any more."""
    return Q(officer__isnull=True) | Q(officer_since__lte=now - claim_time(association_code, now))


def officer_changes(application: Application) -> list[OfficerChange]:
    """Who had the case from when, the latest first."""
    changes = application.officer_changes.select_related("officer", "previous")
    return list(changes.order_by("-at", "-id"))
