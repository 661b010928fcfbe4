"""State × action × role: who may do what when. What the table or the policies do not allow is refused, whoever asks."""

import itertools

import pytest

from apps.accounts.enums import Role
from apps.core.actor import Actor
from apps.core.errors import NotPermitted, PortalError, TransitionRefused
from apps.letters import services
from apps.letters.enums import Action, State
from apps.letters.models import Letter
from apps.letters.policies import (
    MEMBER_ACTIONS,
    OFFICE_ACTIONS,
    actions_open_to,
    can_see_at_office,
    is_own,
)
from apps.letters.selectors import letters_at_office, letters_of_member
from apps.letters.workflow import LETTER
from apps.people.selectors import identity_documents_of
from apps.people.services import declare_person
from tests.factories.letters import NOW, WAY, asker_of, by, make_asker, make_letter, make_request, officer
from tests.factories.people import make_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("drawn_quickly")]

TABLE = {
    (State.REQUESTED, Action.PROPOSE): State.PROPOSED,
    (State.REQUESTED, Action.WITHDRAW): State.WITHDRAWN,
    (State.PROPOSED, Action.DISAGREE): State.REQUESTED,
    (State.PROPOSED, Action.APPROVE): State.APPROVED,
    (State.PROPOSED, Action.REFUSE): State.REFUSED,
    (State.PROPOSED, Action.WITHDRAW): State.WITHDRAWN,
    (State.APPROVED, Action.ISSUE): State.ISSUED,
    (State.APPROVED, Action.CANCEL): State.CANCELLED,
    (State.ISSUED, Action.CANCEL): State.CANCELLED,
    (State.ISSUED, Action.REPLACE): State.REPLACED,
    (State.REQUESTED, Action.REISSUE): State.APPROVED,
}
OFFICE_MAY = {State.REQUESTED: {Action.PROPOSE}, State.PROPOSED: {Action.APPROVE, Action.DISAGREE}}
MEMBER_MAY = {
    State.REQUESTED: {Action.WITHDRAW},
    State.PROPOSED: {Action.WITHDRAW},
    State.APPROVED: {Action.CANCEL},
    State.ISSUED: {Action.CANCEL},
}
SERVICES = {
    Action.PROPOSE: (services.propose_letter, {}),
    Action.DISAGREE: (services.disagree_with_proposal, {"why": "请再核对"}),
    Action.APPROVE: (services.approve_letter, {}),
    Action.REFUSE: (services.refuse_letter, {}),
    Action.WITHDRAW: (services.withdraw_request, {}),
    Action.CANCEL: (services.cancel_letter, {}),
}


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("state", State)
def test_action_leads_where_the_table_says_and_nowhere_else(state, action):
    if (state, action) in TABLE:
        assert LETTER.target(state, action) == TABLE[state, action]
        return
    with pytest.raises(TransitionRefused):
        LETTER.target(state, action)


@pytest.mark.parametrize("state", WAY)
def test_buttons_are_what_the_table_and_the_policies_allow(state):
    letter = make_letter(state)
    assert set(actions_open_to(officer(), letter, OFFICE_ACTIONS)) == OFFICE_MAY.get(state, set())
    assert set(actions_open_to(asker_of(letter), letter, MEMBER_ACTIONS)) == MEMBER_MAY.get(state, set())
    strangers = [officer(Role.REVIEWER), officer(Role.REGISTRAR), make_asker(), Actor.anonymous(), Actor.system("x")]
    for nobody in strangers:
        assert actions_open_to(nobody, letter, OFFICE_ACTIONS) == []
        assert actions_open_to(nobody, letter, MEMBER_ACTIONS) == []


@pytest.mark.parametrize("state", WAY)
@pytest.mark.parametrize("action", SERVICES)
def test_service_does_what_the_buttons_promise_and_refuses_the_rest(state, action):
    letter = make_letter(state)
    service, more = SERVICES[action]
    actors = {
        "officer": officer(),
        "member": asker_of(letter),
        "stranger": make_asker(),
        "anonymous": Actor.anonymous(),
    }
    for who, actor in actors.items():
        table = MEMBER_ACTIONS if action in MEMBER_ACTIONS else OFFICE_ACTIONS
        letter = Letter.objects.get(pk=letter.pk)
        if action in actions_open_to(actor, letter, table):
            continue
        with pytest.raises((NotPermitted, TransitionRefused)):
            service(**by(letter, actor), **more)
        assert Letter.objects.get(pk=letter.pk).state == letter.state, who


def test_scope_and_policy_agree():
    letters = [make_letter(state) for state in WAY]
    actors = [officer(), officer(Role.REVIEWER), officer(Role.DIRECTOR), asker_of(letters[0]), make_asker()]
    actors += [officer(person_id=letters[1].person_id), Actor.anonymous(), related_to(letters[2])]
    for actor, letter in itertools.product(actors, letters):
        assert letters_at_office(actor).filter(pk=letter.pk).exists() == can_see_at_office(actor, letter)
        assert letters_of_member(actor).filter(pk=letter.pk).exists() == is_own(actor, letter)


def related_to(letter) -> Actor:
    """An officer who has declared the member as a relation."""
    actor = officer()
    document = identity_documents_of(letter.person_id).get()
    declare_person(
        actor=actor,
        tie="family",
        name="王小明",
        identity_type=document.type,
        identity_number=document.number,
        now=NOW,
    )
    return actor


def test_officer_with_a_declared_relation_does_not_see_the_letter():
    letter = make_request()
    assert not can_see_at_office(related_to(letter), letter)


def test_officer_handles_no_letter_of_their_own():
    letter = make_request()
    with pytest.raises(NotPermitted):
        services.propose_letter(**by(letter, officer(person_id=letter.person_id)))


def test_one_person_with_two_accounts_is_not_two_officers():
    letter, person = make_request(), make_person("林岚")
    services.propose_letter(**by(letter, officer(person_id=person.pk)))
    again = officer(name="高远")
    same = Actor(again.kind, again.label, again.user_id, person.pk, again.seats, True)
    assert actions_open_to(same, Letter.objects.get(pk=letter.pk), OFFICE_ACTIONS) == []
    with pytest.raises(NotPermitted):
        services.approve_letter(**by(letter, same))
    services.approve_letter(**by(letter, again))


def test_stale_form_changes_nothing():
    letter = make_request()
    stale = by(letter, officer())
    services.propose_letter(**by(letter, officer()))
    with pytest.raises(PortalError):
        services.propose_letter(**stale)


def test_every_state_has_a_way_out_or_is_an_end():
    ends = {State.REFUSED, State.WITHDRAWN, State.CANCELLED, State.REPLACED}
    for state in State:
        assert bool(LETTER.actions_from(state)) == (state not in ends)
