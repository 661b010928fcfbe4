"""The table and the policies alone, without a database: a million steps at random find no way past four eyes."""

import random
from uuid import uuid4

import pytest

from apps.accounts.enums import NATIONAL_CODE, Role
from apps.applicants.enums import OPEN_STATES, Action, State
from apps.applicants.models import Application
from apps.applicants.policies import OFFICE_ACTIONS, is_applicant
from apps.applicants.workflow import APPLICATION
from apps.core.actor import Actor
from tests.factories.accounts import make_actor

BY_APPLICANT = {Action.SUBMIT, Action.ANSWER_CORRECTION, Action.WITHDRAW}
BY_TIME = {Action.SEND, Action.EXPIRE}
BY_APPEAL = {Action.REOPEN}
"""Decided elsewhere, by people who had no part; here it may come at any time."""


class Walk:
    """One case after another, each until it is over, with officers of whom some are one person twice."""

    def __init__(self, seed: int):
        self.random = random.Random(seed)
        self.people = [uuid4() for _person in range(4)]
        self.officers = [
            make_actor((role, code), user_id=10 + number, person_id=self.people[number % 4])
            for number, (role, code) in enumerate(
                [
                    (Role.REVIEWER, "330000"),
                    (Role.REVIEWER, "310000"),
                    (Role.REVIEWER, NATIONAL_CODE),
                    (Role.RECHECKER, NATIONAL_CODE),
                    (Role.RECHECKER, NATIONAL_CODE),
                    (Role.REVIEWER, "330000"),
                    (Role.ADMINISTRATOR, NATIONAL_CODE),
                ]
            )
        ]
        self.officers.append(make_actor((Role.REVIEWER, "330000"), Role.RECHECKER, user_id=30))  # linked to nobody
        self.admitted = 0
        self.begin()

    def begin(self) -> None:
        own = self.random.choice([None, *self.officers[:6]])
        self.case = Application(
            user_id=own.user_id if own else 1,
            person_id=own.person_id if own else uuid4(),
            association_id=self.random.choice(["330000", NATIONAL_CODE]),
            state=State.DRAFT,
        )

    def step(self) -> None:
        action = self.random.choice(list(Action))
        actor = self.random.choice([*self.officers, make_actor(user_id=1), Actor.anonymous()])
        if APPLICATION.allows(self.case.state, action) and self.may(actor, action):
            self.sign(actor, action)
            self.case.state = APPLICATION.target(self.case.state, action)
            if self.case.state == State.CONFIRMED:
                self.look(actor)
        if self.case.state not in OPEN_STATES | {State.DRAFT} and self.random.random() < 0.5:
            self.begin()

    def may(self, actor: Actor, action: str) -> bool:
        if action in BY_APPLICANT:
            return is_applicant(actor, self.case)
        if action in BY_TIME | BY_APPEAL:
            return True
        allowed = OFFICE_ACTIONS.get(Action.TAKE_BACK if action == Action.TAKE_BACK_RETURNED else action)
        return allowed is not None and allowed(actor, self.case)

    def sign(self, actor: Actor, action: str) -> None:
        if action == Action.AGREE:
            self.case.local_decided_by_id, self.case.local_decided_by_person_id = actor.user_id, actor.person_id
        if action in {Action.TAKE_BACK, Action.TAKE_BACK_RETURNED}:
            self.case.local_decided_by_id = self.case.local_decided_by_person_id = None

    def look(self, second: Actor) -> None:
        first = next(officer for officer in self.officers if officer.user_id == self.case.local_decided_by_id)
        assert len({first.person_id, second.person_id, self.case.person_id}) == 3
        assert second.user_id != first.user_id != self.case.user_id != second.user_id
        assert (Role.REVIEWER, self.case.association_id) in {(s.role, s.association_code) for s in first.seats}
        assert Role.RECHECKER in {seat.role for seat in second.seats}
        self.admitted += 1


@pytest.fixture(autouse=True)
def nobody_has_an_interest(monkeypatch):
    """Conflicts of interest ask the database; they have tests of their own."""
    for question in ("has_conflict", "is_of_first_officers_firm"):
        monkeypatch.setattr(f"apps.applicants.policies.{question}", lambda actor, application: False)


def walk(steps: int, seed: int) -> int:
    person = Walk(seed)
    for _step in range(steps):
        person.step()
    return person.admitted


def test_ten_thousand_steps_admit_only_by_four_eyes():
    assert walk(10_000, seed=1) > 1


@pytest.mark.slow
def test_a_million_steps_admit_only_by_four_eyes():
    assert walk(1_000_000, seed=2) > 100
