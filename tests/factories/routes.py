"""Cases that came in through the form's own services, by each of the ways in."""

from datetime import date, timedelta

from apps.applicants.models import Application
from apps.applicants.selectors.case import roll_finding
from apps.applicants.selectors.checklist import checklist
from apps.applicants.services.batches import send_batch
from apps.applicants.services.national import confirm_application
from apps.applicants.services.review import agree_application
from apps.applicants.services.submission import submit_application
from apps.members.services import end_membership
from apps.rules.models import Rule
from apps.rules.selectors import forget_rules
from tests.factories.applicants import (
    DOCUMENT_NUMBER,
    SYSTEM,
    arguments,
    open_batch,
    rechecker,
    reviewer,
)
from tests.factories.candidates import ELIGIBILITY, NOW, TODAY, candidate, make_draft
from tests.factories.members import make_member
from tests.factories.people import make_person

EARLIER = NOW - timedelta(days=2)
STOPPED = ELIGIBILITY | {
    "practising": "stopped",
    "stopped_on": "2024-06-30",
    "has_certificate": False,
    "certificate_on": None,
}
ABROAD = {
    "identity_type": "passport",
    "identity_number": "E12345678",
    "identity_country": "SGP",
    "name": "TAN Wei Ming",
}
OF_THE_ROLL = ("certificate_number", "name", "identity_type", "identity_number")


def submitted(*, actor=None, passer=None, **changes) -> Application:
    """A case that came in through the form's own services; `passer` is on the roll with what was typed."""
    actor = actor or candidate()
    typed = {name: getattr(passer, name) for name in OF_THE_ROLL} if passer else {}
    draft = make_draft(actor=actor, **typed | changes)
    return submit_application(actor=actor, application_id=draft.pk, version=draft.version, now=NOW)


def cpa_with(identity: str, *, name="王小明", number="330000120001", reason=None, on=date(2024, 6, 30)):
    """A CPA in the register; with `reason`, ended on that day."""
    person = make_person(name, identity_number=identity)
    member = make_member(person, kind="practising", number=number, effective_on=date(2015, 1, 5), now=EARLIER)
    if reason:
        end_membership(actor=SYSTEM, membership_id=member.pk, reason=reason, on=on, now=NOW - timedelta(days=1))
    return member


def former(identity: str, **changes) -> Application:
    """Of a former CPA without certificate."""
    typed = {"identity_number": identity, "cpa_number": "330000120001", "stopped_on": "2024-06-30"}
    typed |= {"certificate_number": "", "certificate_on": "", "eligibility": STOPPED}
    return submitted(**typed | changes)


def lines_of(application, today=TODAY) -> dict:
    """The checklist by key."""
    application = Application.objects.select_related("data_key").get(pk=application.pk)
    return {line.key: line for line in checklist(application, roll_finding(application), today=today)}


def agreed(application, officer=None):
    """Agreed to by an officer who looked at every line that asks for it."""
    application.refresh_from_db()
    seen = {key for key, line in lines_of(application).items() if line.needs_person}
    agree_application(**arguments(application, officer or reviewer(application.association_id)), confirmed=seen)
    application.refresh_from_db()
    return application


def confirmed(application, officer=None, second=None):
    later = NOW + timedelta(minutes=30)
    agreed(application, officer)
    send_batch(actor=SYSTEM, batch_id=open_batch(application).pk, now=later)
    application.refresh_from_db()
    confirm_application(**arguments(application, second or rechecker(), now=later), document_number=DOCUMENT_NUMBER)
    application.refresh_from_db()
    return application


def set_rule(key, value, association=None):
    Rule.objects.filter(key=key, association_id=association).delete()
    Rule.objects.create(key=key, value=value, association_id=association, in_force_from=date(2010, 1, 1))
    forget_rules()
