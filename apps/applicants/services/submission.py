"""The applicant submits: from here the association's 20 working days run."""

import secrets
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from apps.applicants import events
from apps.applicants.enums import OPEN_STATES, Action, Field, Route, State
from apps.applicants.models import Application
from apps.applicants.policies import can_submit
from apps.applicants.selectors.case import roll_finding
from apps.applicants.selectors.checks import has_green_checklist
from apps.applicants.selectors.drafts import eligibility_of
from apps.applicants.selectors.practising import record_of
from apps.applicants.selectors.requirements import missing_requirements
from apps.applicants.selectors.roll import certificate_index
from apps.applicants.services.deadlines import set_deadline
from apps.applicants.services.likeness import note_possible_persons
from apps.applicants.services.steps import lock_application, take_step, tell
from apps.associations.selectors import get_association
from apps.audit.services import record
from apps.core.actor import Actor
from apps.core.clock import civil_date
from apps.core.errors import NotPermitted, PortalError, refuse_if
from apps.core.steps import check_version
from apps.people.selectors import lock_person
from apps.people.services import register_person

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without 0 O, 1 I L and U: a reference is read aloud on the phone."""


class SecondApplication(PortalError):
    """A person has at most one application under way, whichever account it was made from."""

    code = "second_application"
    message = _(
        "这位申请人已有一件申请正在办理，不能再提交一件。请到“查询进度”查看那一件；"
        "如果想重新申请，请先撤回它。如有疑问，请致电所属协会。"
    )


def submit_application(*, actor: Actor, application_id, version: int, now: datetime) -> Application:
    """Submit the account's draft; a repeated call returns the same receipt.

    Raises RequirementsMissing, SecondApplication, TransitionRefused where the answers changed in another window.
    """
    try:
        return _submit(actor, application_id, version, now)
    except IntegrityError as error:
        raise_if_second(error)
        raise


@transaction.atomic
def _submit(actor: Actor, application_id, version: int, now: datetime) -> Application:
    application = lock_application(application_id)
    if not can_submit(actor, application):
        raise NotPermitted
    if application.state != State.DRAFT:
        return application
    check_version(application, version)
    refuse_if(missing_requirements(application, today=civil_date(now)))
    application.answers = {name: value for name, value in application.answers.items() if name != "typed"}
    application.submitted_at = now
    apply_answers(application, actor=actor, now=now)
    application.reference = new_reference(application.association, civil_date(now))
    take_step(application, Action.SUBMIT, actor=actor, now=now)
    set_deadline(application)
    application.save()
    after = {"association": application.association_id, "route": application.route, "roll": application.roll_match}
    record(actor, events.SUBMITTED, application, after=after, case=application.reference, now=now)
    tell(events.SUBMITTED, application, now=now)
    return application


def apply_answers(application: Application, *, actor: Actor, now: datetime) -> None:
    """Write what follows from the answers into the case's own columns: who it is, which association, which route,
    what the roll says. Used at the submission and after each correction; the application date is the first one."""
    answers = application.answers
    application.association = get_association(answers[Field.ASSOCIATION])
    application.route = eligibility_of(application, on=civil_date(application.submitted_at)).route or Route.LATE
    if application.route == Route.EX_PRACTISING and not answers.get(Field.STOPPED_ON):
        application.answers = answers | {Field.STOPPED_ON: answers["eligibility"]["stopped_on"]}
    application.person = _only_once(application, _person(application, actor, now))
    application.register_entry = record_of(answers)
    application.certificate_index = certificate_index(answers.get(Field.CERTIFICATE_NUMBER) or "")
    application.roll_chosen_at = application.roll_chosen_by = None
    finding = roll_finding(application)
    application.roll_match, application.roll_entry = finding.match, finding.entry
    note_possible_persons(application, now=now)
    application.checks_green = has_green_checklist(application, today=civil_date(now))


def new_reference(association, day: date) -> str:
    """As `ZJ-2026-7K4M-9Q`: random, so that nobody can count along. The column is unique."""
    while True:
        text = "".join(secrets.choice(ALPHABET) for _place in range(6))
        reference = f"{association.reference_prefix}-{day.year}-{text[:4]}-{text[4:]}"
        if not Application.objects.filter(reference=reference).exists():
            return reference


def raise_if_second(error: IntegrityError) -> None:
    """Two submissions at once: the constraint has told the second one."""
    if "one_open_application_per_person" in str(error):
        raise SecondApplication from error


def _person(application: Application, actor: Actor, now: datetime):
    """Found by the identity document: whoever has been here before, under any account, is the same person."""
    answers = application.answers
    return register_person(
        actor=actor,
        name=answers[Field.NAME],
        identity_type=answers[Field.IDENTITY_TYPE],
        identity_number=answers[Field.IDENTITY_NUMBER],
        country=answers.get(Field.IDENTITY_COUNTRY, ""),
        sex=answers[Field.SEX],
        birth_on=date.fromisoformat(answers[Field.BIRTH_ON]),
        data_key=application.data_key,
        now=now,
    )


def _only_once(application: Application, person):
    """Under the person's lock, so that two submissions at once meet here. The constraint holds it in any case."""
    lock_person(person.pk)
    others = Application.objects.filter(person=person, state__in=OPEN_STATES).exclude(pk=application.pk)
    if others.exists():
        raise SecondApplication
    return person
