"""What the case page says about who handles the case, and what this officer may do about that."""

from dataclasses import dataclass
from datetime import datetime

from apps.applicants.enums import State
from apps.applicants.models import Application, OfficerChange
from apps.applicants.policies import can_pass_on, can_review_application, can_take_back
from apps.applicants.selectors.claims import CLAIMABLE_STATES, Claim, claim_of, officer_changes
from apps.applicants.selectors.conflicts import concerns_person
from apps.applicants.selectors.had_part import had_part_by_account
from apps.associations.selectors import Colleague, colleagues_at, leave_on
from apps.core.actor import Actor
from apps.core.clock import civil_date
from apps.people.selectors import person_id_of_user


@dataclass(frozen=True)
class TakeBack:
    """An agreement whose minutes still run. `officer` agreed; `may` says whether the reader did."""

    officer: str
    may: bool


def take_back_of(application: Application, actor: Actor, *, now: datetime) -> TakeBack | None:
    if application.state != State.AGREED or application.take_back_until <= now:
        return None
    return TakeBack(str(application.local_decided_by), can_take_back(actor, application))


@dataclass(frozen=True)
class Handling:
    claim: Claim | None
    is_mine: bool
    leave: object | None
    colleagues: list[Colleague]
    changes: list[OfficerChange]

    @property
    def may_claim(self) -> bool:
        return self.claim is None

    @property
    def may_take_over(self) -> bool:
        return self.claim is not None and not self.is_mine


def handling_of(application: Application, actor: Actor, *, now: datetime) -> Handling | None:
    """None where nobody handles the case any more, or where the reader could not."""
    if application.state not in CLAIMABLE_STATES or not can_review_application(actor, application):
        return None
    claim, today = claim_of(application, now=now), civil_date(now)
    is_mine = claim is not None and claim.is_of(actor)
    colleagues = colleagues_at([application.association_id], on=today) if claim is None or is_mine else []
    return Handling(
        claim=claim,
        is_mine=is_mine,
        leave=leave_on(claim.officer_id, on=today) if claim and not is_mine else None,
        colleagues=[colleague for colleague in colleagues if colleague.user_id != actor.user_id],
        changes=officer_changes(application),
    )


def is_claimed_by_colleague(application: Application, actor: Actor, *, now: datetime) -> bool:
    claim = claim_of(application, now=now)
    return claim is not None and not claim.is_of(actor)


def colleagues_to_pass_on_to(application: Application, actor: Actor, *, now: datetime) -> list[Colleague] | None:
    """Who could handle a case that is not for the actor; None where somebody does already, or nobody needs to."""
    if not can_pass_on(actor, application) or application.state not in CLAIMABLE_STATES:
        return None
    if is_claimed_by_colleague(application, actor, now=now):
        return None
    colleagues = colleagues_at([application.association_id], on=civil_date(now))
    return [colleague for colleague in colleagues if _is_free_of(application, colleague.user_id)]


def _is_free_of(application: Application, user_id: int) -> bool:
    person_id = person_id_of_user(user_id)
    return (
        person_id not in {None, application.person_id}
        and not concerns_person(person_id, application)
        and not had_part_by_account(user_id, application)
    )
