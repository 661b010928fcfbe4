"""Letters in every state, about invented members, by the ordinary services."""

from datetime import UTC, datetime

from apps.accounts.enums import Role
from apps.core.actor import Actor, ActorKind
from apps.letters.enums import State
from apps.letters.models import Letter
from apps.letters.services import (
    approve_letter,
    ask_for_letter,
    cancel_letter,
    propose_letter,
    propose_refusal,
    refuse_letter,
    withdraw_request,
)
from apps.people.services import link_user
from tests.factories import certificates
from tests.factories.accounts import make_actor, make_user
from tests.factories.members import make_cpa, make_member
from tests.factories.people import make_person

NOW = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)
ADMITTED = datetime(2024, 5, 6, 2, 0, tzinfo=UTC)
ANSWERS = {
    "addressee_kind": "named",
    "addressee": "CPA Australia",
    "country": "AUS",
    "purpose": "body",
    "purpose_text": "",
    "surname": "WANG",
    "given": "Xiaoming",
    "spelling": "passport",
    "state_birth": False,
    "state_firm": False,
    "valid_days": 90,
}


def national_key():
    """The seal of the national body, for tests that seal."""
    certificates.seal_keys(certificates.NATIONAL)


def make_asker(name="王小明", *, kind="non_practising", email=None, **changes) -> Actor:
    """A member with an account, as the actor who asks."""
    values = {"now": ADMITTED} | changes
    membership = make_cpa(name, **values) if kind == "practising" else make_member(make_person(name), **values)
    user = make_user(email or f"member.{membership.pk.hex[-12:]}@example.org")
    link_user(user_id=user.pk, person_id=membership.person_id, now=NOW)
    return Actor(ActorKind.USER, "member", user.pk, membership.person_id)


def officer(role=Role.RECHECKER, *, person_id=None, name="林岚", **seat) -> Actor:
    """An officer of the national body with an account and a person of their own."""
    person_id = person_id or make_person(name).pk
    user = make_user(f"officer.{person_id.hex[-12:]}@example.org")
    return make_actor(role, user_id=user.pk, person_id=person_id, **seat)


def make_request(actor: Actor | None = None, *, now=NOW, consents=True, language="zh-hans", **changes) -> Letter:
    return ask_for_letter(
        actor=actor or make_asker(), answers=ANSWERS | changes, consents=consents, language=language, now=now
    )


def asker_of(letter: Letter) -> Actor:
    return Actor(ActorKind.USER, "member", letter.user_id, letter.person_id)


def by(letter: Letter, actor: Actor, now=NOW) -> dict:
    """The arguments that every service takes, with the letter's version of now."""
    return {"actor": actor, "letter_id": letter.pk, "version": Letter.objects.get(pk=letter.pk).version, "now": now}


def make_letter(state=State.ISSUED, actor: Actor | None = None, *, now=NOW, **changes) -> Letter:
    """A letter that has come so far; an issued one is really made and sealed."""
    letter = make_request(actor, now=now, **changes)
    for step in WAY[state]:
        step(letter, now)
    letter = Letter.objects.get(pk=letter.pk)
    assert letter.state == state
    return letter


def _propose(letter, now):
    propose_letter(**by(letter, officer(), now))


def _propose_refusal(letter, now):
    propose_refusal(**by(letter, officer(), now), reason_code="letter.record_unclear", note="入会日期需要更正。")


def _approve(letter, now):
    approve_letter(**by(letter, officer(), now))


def _refuse(letter, now):
    refuse_letter(**by(letter, officer(), now))


def _issue(letter, now):
    from apps.letters.services.issuing import issue_letter

    national_key()
    issue_letter(letter.pk, now=now)


def _withdraw(letter, now):
    withdraw_request(**by(letter, asker_of(letter), now))


def _cancel(letter, now):
    cancel_letter(**by(letter, asker_of(letter), now))


def _replace(letter, now):
    make_letter(State.ISSUED, asker_of(letter), now=now, **letter.answers)


WAY = {
    State.REQUESTED: (),
    State.PROPOSED: (_propose,),
    State.APPROVED: (_propose, _approve),
    State.ISSUED: (_propose, _approve, _issue),
    State.REFUSED: (_propose_refusal, _refuse),
    State.WITHDRAWN: (_withdraw,),
    State.CANCELLED: (_propose, _approve, _issue, _cancel),
    State.REPLACED: (_propose, _approve, _issue, _replace),
}
