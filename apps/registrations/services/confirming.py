"""Candidate and firm each commit to the truth (注册办法 Art. 6 and 7), and the head files the case."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.core.actor import Actor
from apps.core.clock import civil_date
from apps.core.errors import NotPermitted, RequirementsMissing
from apps.people.selectors import lock_person
from apps.people.services import register_person
from apps.registrations import events
from apps.registrations.enums import Action, Field, State
from apps.registrations.models import Registration
from apps.registrations.policies import can_commit, can_prepare, can_withdraw
from apps.registrations.selectors.cases import (
    email_index,
    open_registration_of_person,
    registrations_of_candidate,
)
from apps.registrations.selectors.drafts import missing_requirements
from apps.registrations.services.steps import SecondRegistration, finish_step, open_case, take_step


@transaction.atomic
def invite_candidate(*, actor: Actor, registration_id, version: int, now: datetime) -> Registration:
    """Ask the candidate, by mail, to check what the agent has filled in. It cannot be changed meanwhile."""
    registration = open_case(actor, registration_id, version, can_prepare)
    take_step(registration, Action.INVITE, actor=actor, now=now)
    if missing := missing_requirements(registration, today=civil_date(now)):
        raise RequirementsMissing([line["sentence"] for line in missing])
    _forget_word(registration)
    _forget_other_account(registration)
    registration.answers = {name: value for name, value in registration.answers.items() if name != "typed"}
    return finish_step(registration, events.INVITED, actor=actor, now=now)


@transaction.atomic
def take_back(*, actor: Actor, registration_id, version: int, now: datetime) -> Registration:
    """The agent takes the case back from the candidate to change it."""
    registration = open_case(actor, registration_id, version, can_prepare)
    take_step(registration, Action.TAKE_BACK, actor=actor, now=now)
    return finish_step(registration, "registration.taken_back", actor=actor, now=now)


@transaction.atomic
def confirm_registration(
    *, actor: Actor, registration_id, version: int, declarations: dict, now: datetime
) -> Registration:
    """The candidate has checked everything, declares, and commits to the truth of it.

    Raises SecondRegistration where the person has another one under way.
    """
    registration = open_case(actor, registration_id, version, _is_asked)
    take_step(registration, Action.CONFIRM, actor=actor, now=now)
    registration.answers = registration.answers | {Field.DECLARATIONS: declarations}
    registration.candidate_user_id = actor.user_id
    registration.person = _person(registration, actor, now=now)
    registration.confirmed_at = now
    registration.reason_note = None
    return finish_step(registration, events.CONFIRMED, actor=actor, now=now)


@transaction.atomic
def decline_registration(*, actor: Actor, registration_id, version: int, reason: str, now: datetime) -> Registration:
    """The candidate says no, and why: the case goes back to the agent."""
    registration = open_case(actor, registration_id, version, _is_asked)
    take_step(registration, Action.DECLINE, actor=actor, now=now)
    return _back_to_agent(registration, events.DECLINED, actor=actor, reason=reason, now=now)


@transaction.atomic
def send_back(*, actor: Actor, registration_id, version: int, reason: str, now: datetime) -> Registration:
    """The head does not commit to it as it stands: the case goes back to the agent."""
    registration = open_case(actor, registration_id, version, can_commit)
    take_step(registration, Action.SEND_BACK, actor=actor, now=now)
    return _back_to_agent(registration, events.SENT_BACK, actor=actor, reason=reason, now=now)


@transaction.atomic
def file_registration(*, actor: Actor, registration_id, version: int, now: datetime) -> Registration:
    """The head commits the firm to the candidate's full-time work and files: the form check's 5 working days begin.

    The application date is that of the first filing, and stays.
    """
    registration = open_case(actor, registration_id, version, can_commit)
    take_step(registration, Action.FILE, actor=actor, now=now)
    registration.committed_at, registration.committed_by_id = now, actor.user_id
    registration.filed_at = registration.filed_at or now
    registration.gap_lists.filter(answered_at=None).update(answered_at=now)
    after = {"firm": registration.firm.code}
    return finish_step(registration, events.FILED, actor=actor, now=now, after=after)


@transaction.atomic
def withdraw_registration(*, actor: Actor, registration_id, version: int, now: datetime) -> Registration:
    """The firm, or the candidate, takes the case back for good; possible until the decision."""
    registration = open_case(actor, registration_id, version, _may_withdraw)
    before = registration.state
    take_step(registration, Action.WITHDRAW, actor=actor, now=now)
    return finish_step(registration, events.WITHDRAWN, actor=actor, now=now, after={"from": before})


def _is_asked(actor: Actor, registration: Registration) -> bool:
    """Whoever proved the candidate's address, or has confirmed before."""
    return actor.is_signed_in and registrations_of_candidate(actor.user_id).filter(pk=registration.pk).exists()


def _may_withdraw(actor: Actor, registration: Registration) -> bool:
    return can_withdraw(actor, registration) or (registration.state != State.DRAFT and _is_asked(actor, registration))


def _back_to_agent(registration, event: str, *, actor: Actor, reason: str, now: datetime) -> Registration:
    if not reason.strip():
        raise RequirementsMissing([_("请写明原因，例如：入职日期应为 2024年3月1日。")])
    _forget_word(registration)
    registration.reason_note = reason.strip()
    return finish_step(registration, event, actor=actor, now=now, note=reason.strip())


def _forget_word(registration: Registration) -> None:
    """What is changed afterwards nobody has confirmed yet. The steps keep what was."""
    registration.confirmed_at = registration.committed_at = registration.committed_by = None


def _forget_other_account(registration: Registration) -> None:
    """Whoever confirmed under an address that the agent has corrected since is not the one who is asked now."""
    user = registration.candidate_user
    if user is not None and email_index(user.email or "") != registration.email_index:
        registration.candidate_user = None


def _person(registration: Registration, actor: Actor, *, now: datetime):
    """Found by the identity document: whoever has been here before is the same person."""
    answers = registration.answers
    person = register_person(
        actor=actor,
        name=answers[Field.NAME],
        identity_type=answers[Field.IDENTITY_TYPE],
        identity_number=answers[Field.IDENTITY_NUMBER],
        country=answers.get(Field.IDENTITY_COUNTRY, ""),
        sex=answers[Field.SEX],
        birth_on=date.fromisoformat(answers[Field.BIRTH_ON]),
        data_key=registration.data_key,
        now=now,
    )
    if actor.person_id is not None and actor.person_id != person.pk:
        raise NotPermitted(_("这个账号已属于另一人。请用本人的邮箱登录后确认，或请经办人更正邮箱。"))
    lock_person(person.pk)
    if open_registration_of_person(person.pk, but_for=registration.pk):
        raise SecondRegistration
    return person
