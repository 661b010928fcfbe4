"""Keeping what a decision rested on, in the decision's own transaction."""

from datetime import datetime

from apps.applicants.models import Application, Decision
from apps.applicants.selectors.case import RollFinding, roll_finding
from apps.applicants.selectors.case_facts import CaseFacts, facts_to_json
from apps.applicants.selectors.derivation import derived
from apps.applicants.selectors.gathering import gather_case_facts
from apps.core.actor import Actor
from apps.core.clock import civil_date


def facts_now(application: Application, *, finding: RollFinding | None = None, now: datetime) -> CaseFacts:
    """What the checklist reads of the case at this moment. Ask before the case moves: its state is one of them."""
    return gather_case_facts(application, finding or roll_finding(application), today=civil_date(now))


def record_decision(
    application: Application, action: str, facts: CaseFacts, *, actor: Actor, now: datetime, **act
) -> Decision:
    """Keep facts, rules and lines of one decision. `act` is what the officer chose: a reason, lines looked at."""
    result = derived(facts)
    return Decision.objects.create(
        application=application,
        data_key=application.data_key,
        action=action,
        at=now,
        actor_label=actor.label,
        actor_user_id=actor.user_id,
        actor_person_id=actor.person_id,
        rules=result.rules,
        inputs={"facts": facts_to_json(facts), "act": act},
        derivation=result.lines,
    )
