"""The member asks for a letter, and what the portal keeps of that: the answers, the spelling, the consent."""

import secrets
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.audit.services import record
from apps.core.actor import Actor
from apps.core.clock import civil_date
from apps.core.errors import NotPermitted, refuse_if
from apps.letters import events
from apps.letters.enums import OPEN_STATES
from apps.letters.models import Letter, TransferConsent
from apps.letters.selectors.answers import CONSENT_VERSION, goes_abroad
from apps.letters.selectors.clock import letter_clock
from apps.letters.selectors.letters import own_membership, purpose_index
from apps.letters.services.steps import SecondRequest, constraints_as_sentences, finish_step
from apps.people.selectors import lock_person
from apps.people.services import confirm_english_name
from apps.rules.selectors import rule_value, working_calendar

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without 0 O, 1 I L and U: a reference is read aloud on the phone."""


@transaction.atomic
def ask_for_letter(*, actor: Actor, answers: dict, consents: bool, language: str, now: datetime) -> Letter:
    """About the actor's own membership, whichever it is: no number is asked, so none can be another's.

    Two requests at once for one purpose make one. Raises NotPermitted, RequirementsMissing, SecondRequest.
    """
    if not actor.is_signed_in or actor.person_id is None:
        raise NotPermitted
    person = lock_person(actor.person_id)
    membership = own_membership(actor, on=civil_date(now))
    refuse_if(missing_for_asking(membership, answers, consents=consents, now=now))
    index = purpose_index(answers)
    if Letter.objects.filter(person=person, purpose_index=index, state__in=OPEN_STATES).exists():
        raise SecondRequest
    letter = Letter(
        reference=new_reference(civil_date(now).year),
        membership=membership,
        person=person,
        user_id=actor.user_id,
        data_key=person.data_key,
        language=language,
        answers=answers,
        purpose_index=index,
        asked_at=now,
        changed_at=now,
    )
    _set_deadline(letter)
    with constraints_as_sentences():
        letter.save(force_insert=True)
    _keep_spelling(actor, person.pk, answers, case=letter.reference, now=now)
    if goes_abroad(answers):
        _keep_consent(actor, letter, now=now)
    return finish_step(letter, events.REQUESTED, actor=actor, now=now)


def missing_for_asking(membership, answers: dict, *, consents: bool, now: datetime) -> list:
    """What must hold before anybody at the office sees the request; the form shows the same."""
    missing = []
    if membership is None:
        missing.append(_("您今天不是会员，没有可以证明的会员资格。"))
    if answers["valid_days"] > rule_value("letter.valid_days", on=civil_date(now)):
        missing.append(_("有效期超过了规定的天数，请重新选择。"))
    if goes_abroad(answers) and not consents:
        missing.append(_("收件单位在境外：需要您单独同意向它提供个人信息，否则我们不能出具给它的证明。"))
    return missing


def _keep_spelling(actor: Actor, person_id: UUID, answers: dict, *, case: str, now: datetime) -> None:
    confirm_english_name(
        actor=actor,
        person_id=person_id,
        surname=answers["surname"],
        given=answers["given"],
        source=answers["spelling"],
        case=case,
        now=now,
    )


def _keep_consent(actor: Actor, letter: Letter, *, now: datetime) -> None:
    answers = letter.answers
    consent = TransferConsent.objects.create(
        letter=letter,
        data_key=letter.data_key,
        recipient=answers["addressee"],
        country=answers["country"],
        text_version=CONSENT_VERSION,
        given_at=now,
    )
    after = {"country": consent.country, "text_version": consent.text_version}
    record(actor, "transfer_consent.given", consent, after=after, case=letter.reference, now=now)


def _set_deadline(letter: Letter) -> None:
    clock = letter_clock(letter, working_calendar())
    letter.decide_by, letter.decide_by_provisional = clock.due_on(clock.started_on), clock.is_provisional


@transaction.atomic
def recompute_deadline(letter_id: UUID) -> None:
    """After a calendar was loaded."""
    letter = Letter.objects.select_for_update(of=("self",)).get(pk=letter_id)
    if letter.is_undecided:
        _set_deadline(letter)
        letter.save(update_fields=["decide_by", "decide_by_provisional"])


def new_reference(year: int) -> str:
    """As `EL-2026-7K4M-9Q`: random, so that nobody can count along. The column is unique."""
    while True:
        text = "".join(secrets.choice(ALPHABET) for _place in range(6))
        reference = f"EL-{year}-{text[:4]}-{text[4:]}"
        if not Letter.objects.filter(reference=reference).exists():
            return reference
