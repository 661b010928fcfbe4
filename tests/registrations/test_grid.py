"""State × action × role: who may do what when. What the table or the policies do not allow is refused, whoever asks."""

import itertools

import pytest

from apps.accounts.enums import Role
from apps.core.actor import Actor
from apps.firms.enums import FirmRole
from apps.registrations.enums import Action, State
from apps.registrations.policies import (
    FIRM_ACTIONS,
    OFFICE_ACTIONS,
    actions_open_to,
    can_see_at_office,
    can_see_for_firm,
)
from apps.registrations.selectors.cases import (
    registrations_at_office,
    registrations_of_candidate,
    registrations_of_firms,
)
from apps.registrations.workflow import REGISTRATION
from tests.factories.registrations import (
    WAY,
    agent_of,
    candidate_of,
    decide_inside,
    fresh,
    head_of,
    make_registration,
    officer,
    propose,
    seat_at,
    the_firm,
)

pytestmark = pytest.mark.django_db

FIRM_MAY = {
    State.DRAFT: ({Action.INVITE, Action.WITHDRAW}, set()),
    State.AWAITING_CANDIDATE: ({Action.TAKE_BACK, Action.WITHDRAW}, set()),
    State.AWAITING_FIRM: ({Action.WITHDRAW}, {Action.SEND_BACK, Action.FILE}),
    State.FILED: ({Action.WITHDRAW}, set()),
    State.GAPS: ({Action.INVITE, Action.WITHDRAW}, set()),
    State.ACCEPTED: ({Action.WITHDRAW}, set()),
    State.PROPOSED: ({Action.WITHDRAW}, set()),
}
"""What an agent may, and what only the head may besides."""
OFFICE_MAY = {
    (State.FILED, False): {Action.REQUEST_GAPS, Action.ACCEPT},
    (State.FILED, True): {Action.REQUEST_GAPS, Action.ACCEPT},
    (State.ACCEPTED, True): {Action.PROPOSE, Action.REFUSE},
    (State.PROPOSED, True): {Action.APPROVE, Action.DISAGREE},
}


def cases(inside: bool):
    if inside:
        decide_inside()
    states = [State.DRAFT, *WAY]
    found = {}
    for state in states:
        if inside and state in {State.ADMITTED, State.REFUSED}:
            continue
        found[state] = make_registration(state)
    if inside:
        case = make_registration(State.ACCEPTED)
        propose(case)
        found[State.PROPOSED] = fresh(case)
    return found


@pytest.mark.parametrize("inside", [False, True])
def test_buttons_are_what_the_table_and_the_policies_allow(inside):
    found = cases(inside)
    stranger = seat_at(the_firm("33000013"), FirmRole.AGENT)
    for state, case in found.items():
        agent_may, head_besides = FIRM_MAY.get(state, (set(), set()))
        assert set(actions_open_to(agent_of(case), case, FIRM_ACTIONS)) == agent_may, state
        assert set(actions_open_to(head_of(case.firm), case, FIRM_ACTIONS)) == agent_may | head_besides, state
        assert set(actions_open_to(officer(), case, OFFICE_ACTIONS)) == OFFICE_MAY.get((state, inside), set()), state
        for nobody in (stranger, officer("110000"), officer(role=Role.DIRECTOR), Actor.anonymous()):
            assert actions_open_to(nobody, case, OFFICE_ACTIONS) == []
            assert actions_open_to(nobody, case, FIRM_ACTIONS) == []


def test_scope_and_policy_agree():
    found = cases(inside=True)
    actors = [officer(), officer("110000"), officer(role=Role.DIRECTOR), officer(role=Role.DIRECTOR, code="110000")]
    actors += [seat_at(the_firm("33000013"), FirmRole.AGENT), head_of(the_firm())]
    actors += [candidate_of(found[State.FILED]), Actor.anonymous()]
    for actor, case in itertools.product(actors, found.values()):
        at_office = registrations_at_office(actor).filter(pk=case.pk).exists()
        assert at_office == can_see_at_office(actor, case), (actor, case.state)
        assert registrations_of_firms(actor).filter(pk=case.pk).exists() == can_see_for_firm(actor, case)


def test_officer_who_is_the_candidate_does_not_see_the_case():
    case = make_registration(State.FILED)
    own = officer()
    mine = Actor(own.kind, own.label, own.user_id, case.person_id, own.seats, True)
    assert not registrations_at_office(mine).filter(pk=case.pk).exists()
    assert not can_see_at_office(mine, case)


def test_candidate_sees_nothing_before_being_asked_and_only_their_own():
    draft, asked = make_registration(), make_registration(State.AWAITING_CANDIDATE)
    assert list(registrations_of_candidate(candidate_of(draft).user_id)) == []
    assert list(registrations_of_candidate(candidate_of(asked).user_id)) == [asked]


def test_every_state_has_a_way_out_or_is_an_end():
    ends = {State.ADMITTED, State.REFUSED, State.WITHDRAWN, State.EXPIRED}
    for state in State:
        assert bool(REGISTRATION.actions_from(state)) == (state not in ends)
