"""The same person twice is noticed at the submission, and an officer says whether it is so."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.applicants.enums import OPEN_STATES
from apps.applicants.models import Application, PossiblePerson
from apps.applicants.policies import can_review_application
from apps.applicants.selectors.checks import has_green_checklist
from apps.applicants.selectors.likeness import find_possible_persons
from apps.applicants.services.guards import constraints_as_sentences
from apps.applicants.services.review import open_case
from apps.applicants.services.steps import require_local_turn
from apps.audit.services import record
from apps.core.actor import Actor
from apps.core.clock import civil_date
from apps.core.errors import NotPermitted, PortalError, TransitionRefused
from apps.members.selectors import memberships_of_person
from apps.people.services import merge_person


class BothAreMembers(PortalError):
    code = "both_are_members"
    message = _("两条人员记录都有会员资格，不能在这里合并。请先不予登记或要求补正，并联系系统管理员核对名册。")


def note_possible_persons(application: Application, *, now: datetime) -> None:
    """Write down who may be the applicant. What an officer has answered stays; open questions follow the answers."""
    found = {person.pk: why for person, why in find_possible_persons(application).items()}
    kept = {row.person_id: row for row in application.possible_persons.all()}
    application.possible_persons.filter(is_same=None).exclude(person_id__in=found).delete()
    for person_id, why in found.items():
        if person_id not in kept:
            PossiblePerson.objects.create(application=application, person_id=person_id, why=why, found_at=now)


@transaction.atomic
def answer_possible_person(
    *, actor: Actor, application_id, version: int, possible_id, is_same: bool, now: datetime
) -> Application:
    """Say that the applicant is, or is not, somebody the portal knows. "Same" gives the case the known person.

    Raises TransitionRefused where it is answered already, NotPermitted where the person is the officer.
    """
    application = open_case(actor, application_id, version, can_review_application)
    require_local_turn(application)
    row = application.possible_persons.select_for_update().get(pk=possible_id)
    if row.is_same is not None:
        raise TransitionRefused
    if is_same:
        _link(application, row, actor=actor, now=now)
    row.is_same, row.answered_at, row.answered_by_id = is_same, now, actor.user_id
    row.save(update_fields=["is_same", "answered_at", "answered_by"])
    application.version += 1
    application.changed_at = now
    application.checks_green = has_green_checklist(application, today=civil_date(now))
    with constraints_as_sentences():
        application.save()
    after = {"person": str(row.person_id), "is_same": is_same, "why": row.why}
    record(actor, "application.person_compared", application, after=after, case=application.reference, now=now)
    return application


def _link(application: Application, row: PossiblePerson, *, actor: Actor, now: datetime) -> None:
    """The row without membership points to the other: documents and accounts of both lead to one person."""
    if actor.person_id == row.person_id:
        raise NotPermitted(_("这是您本人的申请，应由另一位工作人员办理。"))
    own, known = application.person_id, row.person_id
    if memberships_of_person(own).exists():
        if memberships_of_person(known).exists():
            raise BothAreMembers
        own, known = known, own
    others = Application.objects.filter(person_id__in=[own, known], state__in=OPEN_STATES).exclude(pk=application.pk)
    if others.exists():
        raise PortalError(_("此人已有一件在办的申请，请先办结那一件。"))
    application.person = merge_person(actor=actor, person_id=own, into_id=known, case=application.reference, now=now)
