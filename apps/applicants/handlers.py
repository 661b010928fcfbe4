"""What the joining process does when something has happened below."""

from apps.applicants.events import APPEAL_DECIDED, REFUSED, SUBMITTED
from apps.applicants.selectors.appeals import appeal_by_id
from apps.applicants.selectors.progress import application_by_id
from apps.applicants.services import roll_import, roll_photo_import  # noqa: F401  (they register their imports)
from apps.applicants.services.checks import recompute_checks, recompute_checks_of_roll
from apps.applicants.services.claims import free_conflicted_cases
from apps.applicants.services.deadlines import recompute_deadlines
from apps.applicants.services.letters import appeal_letter_of, receipt_of, refusal_letter_of
from apps.core.actor import Actor
from apps.core.clock import civil_date
from apps.imports.events import JOB_ENDED
from apps.outbox.registry import handles
from apps.rules.selectors import forget_rules
from apps.standing.events import FACT_RECORDED, FACT_WITHDRAWN

ROLL, READ_BY_CHECKS = "roll", {"facts", "members"}
"""Kinds of imports that the checklist reads; of facts and members any case may be concerned, however alike."""


@handles("rule.changed")
@handles("calendar.loaded")
def recompute_open_deadlines(payload, *, now):
    forget_rules()  # this process may still hold what was before
    recompute_deadlines()
    recompute_checks(today=civil_date(now))


@handles(FACT_RECORDED)
@handles(FACT_WITHDRAWN)
def look_at_open_cases_afresh(payload, *, now):
    """Whoever was clean this morning may not be now, and the other way round."""
    recompute_checks(today=civil_date(now))


@handles(JOB_ENDED)
def look_at_cases_of_import_afresh(payload, *, now):
    """Lists filter by the column at once, not only after the night; whoever agrees derives every line anyway."""
    if payload["kind"] == ROLL:
        recompute_checks_of_roll(payload["job_id"], today=civil_date(now))
    elif payload["kind"] in READ_BY_CHECKS:
        recompute_checks(today=civil_date(now))


@handles(SUBMITTED)
def print_receipt(payload, *, now):
    receipt_of(application_by_id(payload["application_id"]), now=now)


@handles(REFUSED)
def print_refusal_letter(payload, *, now):
    refusal_letter_of(application_by_id(payload["application_id"]), now=now)


@handles(APPEAL_DECIDED)
def print_appeal_letter(payload, *, now):
    appeal_letter_of(appeal_by_id(payload["appeal_id"]), now=now)


@handles("relation.declared")
def free_cases_of_interest(payload, *, now):
    free_conflicted_cases(
        actor=Actor.system("applicants.conflicts"), officer_person_id=payload["officer_person_id"], now=now
    )
