"""Every question that the checklist has for the database, asked in one place."""

from datetime import date

from apps.applicants.enums import Field
from apps.applicants.models import Application, RollEntry
from apps.applicants.selectors.case import RollFinding
from apps.applicants.selectors.case_facts import CaseFacts, RollFact
from apps.core.clock import civil_date
from apps.members.selectors import has_membership_after


def gather_case_facts(application: Application, finding: RollFinding, *, today: date) -> CaseFacts:
    """Every question that the checklist has for the database is asked here."""
    return CaseFacts(
        route=str(application.route),
        state=str(application.state),
        association=application.association_id,
        applied_on=civil_date(application.submitted_at),
        today=today,
        answers={name: value for name, value in application.answers.items() if name != "typed"},
        has_photo=application.photo_id is not None,
        roll_match=str(finding.match),
        roll=_roll_fact(finding.entry),
        known_name=application.person.name if application.person_id else application.answers.get(Field.NAME, ""),
        is_member=has_membership_after(application.person_id, today),
    )


def _roll_fact(entry: RollEntry | None) -> RollFact | None:
    if entry is None:
        return None
    return RollFact(
        certificate_number=entry.certificate_number,
        certificate_on=entry.certificate_on,
        name=entry.name,
        identity_type=str(entry.identity_type),
        identity_number=entry.identity_number,
    )
