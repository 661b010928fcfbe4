"""An officer says which line of the roll is the applicant's, where several, or only similar ones, are there."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.applicants.enums import RollMatch
from apps.applicants.models import Application
from apps.applicants.policies import can_review_application
from apps.applicants.selectors.case import roll_finding
from apps.applicants.selectors.checks import has_green_checklist
from apps.applicants.services.review import open_case
from apps.applicants.services.steps import require_local_turn
from apps.audit.services import record
from apps.core.actor import Actor
from apps.core.clock import civil_date
from apps.core.errors import RequirementsMissing


@transaction.atomic
def choose_roll_entry(
    *, actor: Actor, application_id, version: int, certificate_number: str, now: datetime
) -> Application:
    """Take the line with this number for the applicant's; an empty number says that none of them is.

    A later choice replaces an earlier one, each stays in the audit record; the agreement keeps the line with it.
    """
    application = open_case(actor, application_id, version, can_review_application)
    require_local_turn(application)
    finding = roll_finding(application)
    lines = {candidate.entry.certificate_number: candidate for candidate in finding.candidates}
    if finding.match != RollMatch.NEAR or (certificate_number and certificate_number not in lines):
        raise RequirementsMissing([_("名单已经变化，请刷新页面后重新核对。")])
    chosen = lines.get(certificate_number)
    application.roll_entry = chosen and chosen.entry
    application.roll_chosen_at, application.roll_chosen_by_id = now, actor.user_id
    application.version += 1
    application.changed_at = now
    application.checks_green = has_green_checklist(application, today=civil_date(now))
    application.save()
    after = {"certificate_number": certificate_number, "why": list(chosen.why) if chosen else []}
    record(actor, "application.roll_entry_chosen", application, after=after, case=application.reference, now=now)
    return application
