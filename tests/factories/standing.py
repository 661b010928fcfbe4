"""Invented records about invented members."""

from datetime import date

from apps.accounts.enums import Role
from apps.core.clock import now as present
from apps.standing.enums import OUTCOMES, YEARLY, Outcome
from apps.standing.services import RecordEntry, record_about_member
from tests.factories.accounts import make_actor

MATTERS = {outcome: matter for matter, outcomes in OUTCOMES.items() for outcome in outcomes}


def make_member_record(person_id, outcome=Outcome.CONDEMNED, *, actor=None, now=None, **changes):
    """Decided on 20 April 2026; of the year 2025 and 40 hours where the matter has those."""
    matter = MATTERS[outcome]
    values = {
        "matter": matter,
        "outcome": outcome,
        "decided_on": date(2026, 4, 20),
        "year": 2025 if matter in YEARLY else None,
        "hours": 40 if outcome == Outcome.HOURS else None,
        "document": "会协〔2026〕8号",
        "source": "浙江省注册会计师协会",
    }
    return record_about_member(
        actor=actor or make_actor(Role.REGISTRAR),
        person_id=person_id,
        entry=RecordEntry(**values | changes),
        now=now or present(),
    )
