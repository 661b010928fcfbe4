"""Whatever anybody tries: registered by two officers of one association, or by the platform's imported result."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from apps.accounts.enums import Role
from apps.core.errors import PortalError
from apps.members.models import Membership
from apps.registrations.enums import CLOSED_STATES, Action, State
from apps.registrations.policies import FIRM_ACTIONS, OFFICE_ACTIONS, actions_open_to
from apps.registrations.services import checking, confirming, deciding, expiry, platform, reminders
from apps.registrations.workflow import REGISTRATION
from tests.factories.people import make_person
from tests.factories.registrations import (
    NOW,
    SYSTEM,
    Job,
    agent_of,
    candidate_of,
    decide_inside,
    fresh,
    given,
    head_of,
    make_registration,
    officer,
    result_for,
)

ANY = st.integers(0, 99)
DOCUMENT = "浙注协〔2026〕12号"
COMMON = {
    "deadline": None,
    "suppress_health_check": list(HealthCheck),
    "database": None,
    "phases": [Phase.explicit, Phase.generate],
    "derandomize": True,
}


class World:
    """Two filed cases, officers of whom two are one person, one of another association, one who is the candidate."""

    def __init__(self, *, inside: bool):
        if inside:
            decide_inside()
        self.cases = [make_registration(State.FILED), make_registration(State.ACCEPTED)]
        one, other = make_person("周正"), make_person("吴明")
        own = fresh(self.cases[0]).person
        self.officers = [
            officer(person=one),
            officer(person=one),
            officer(person=other),
            officer(person=own),
            officer("110000"),
            officer(role=Role.DIRECTOR),
        ]


class Lives(RuleBasedStateMachine):
    world: World
    admitted = 0

    def __init__(self):
        super().__init__()
        self.scope = transaction.atomic()
        self.scope.__enter__()
        self.now, self.proposed, self.approved, self.imported = NOW, {}, {}, set()

    def teardown(self):
        transaction.set_rollback(True)
        self.scope.__exit__(None, None, None)

    def _try(self, act, case: int, actor, **kwargs):
        """The case's id where it was done, None where it was refused in words."""
        registration = fresh(self.world.cases[case % 2])
        try:
            with transaction.atomic():
                act(**given(registration, actor, now=self.now), **kwargs)
        except PortalError:
            return None
        return registration.pk

    def _officer(self, who: int):
        return self.world.officers[who % len(self.world.officers)]

    @rule(case=ANY, who=ANY)
    def accept(self, case, who):
        self._try(checking.accept_registration, case, self._officer(who), confirmed={"roll"})

    @rule(case=ANY, who=ANY)
    def ask(self, case, who):
        items = [("photo", "请换成白底一寸照")]
        self._try(checking.request_gaps, case, self._officer(who), items=items, why_again="新发现")

    @rule(case=ANY, who=ANY)
    def propose(self, case, who):
        if pk := self._try(deciding.propose_registration, case, self._officer(who), confirmed={"roll"}):
            self.proposed[pk] = self._officer(who)

    @rule(case=ANY, who=ANY)
    def disagree(self, case, who):
        if pk := self._try(deciding.disagree_with_proposal, case, self._officer(who), reason="请再核对"):
            assert self.proposed.pop(pk).person_id != self._officer(who).person_id

    @rule(case=ANY, who=ANY)
    def approve(self, case, who):
        if pk := self._try(deciding.approve_registration, case, self._officer(who), document_number=DOCUMENT):
            self.approved[pk] = self._officer(who)
            type(self).admitted += 1

    @rule(case=ANY, who=ANY, is_admitted=st.booleans())
    def bring_result(self, case, who, is_admitted):
        registration = fresh(self.world.cases[case % 2])
        words = {} if is_admitted else {"number": "", "reason": "材料与事实不符"}
        result = result_for(registration, is_admitted=is_admitted, **words)
        try:
            with transaction.atomic():
                platform.apply_result(result, actor=self._officer(who), job=Job, now=self.now)
        except PortalError:
            return
        if fresh(registration).state == State.ADMITTED and registration.state != State.ADMITTED:
            self.imported.add(registration.pk)
            type(self).admitted += 1

    @rule(case=ANY, by_firm=st.booleans())
    def withdraw(self, case, by_firm):
        registration = fresh(self.world.cases[case % 2])
        actor = agent_of(registration) if by_firm else candidate_of(registration)
        self._try(confirming.withdraw_registration, case, actor)

    @rule(case=ANY, steps=st.integers(1, 3))
    def somebody_carries_on(self, case, steps):
        """So that lives come to their end, too: left to chance, most cases are withdrawn or refused before that."""
        for _step in range(steps):
            state = fresh(self.world.cases[case % 2]).state
            for who in range(len(self.world.officers)):
                if state == State.FILED:
                    self.accept(case, who)
                if state == State.ACCEPTED:
                    self.propose(case, who)
                    self.bring_result(case, who, is_admitted=True)
                if state == State.PROPOSED:
                    self.approve(case, who)

    @rule(days=st.integers(1, 60))
    def time_passes(self, days):
        self.now += timedelta(days=days)
        reminders.remind_of_gaps(actor=SYSTEM, now=self.now)
        expiry.expire_gaps(actor=SYSTEM, now=self.now)

    @invariant()
    def registered_by_two_officers_or_by_an_import(self):
        for case in self.world.cases:
            registration = fresh(case)
            is_member = Membership.objects.filter(person_id=registration.person_id).exists()
            assert is_member == (registration.state == State.ADMITTED)
            if not is_member or registration.pk in self.imported:
                continue
            first, second = self.proposed[registration.pk], self.approved[registration.pk]
            assert len({first.person_id, second.person_id, registration.person_id}) == 3
            assert first.seats == second.seats

    @invariant()
    def every_open_case_can_go_on(self):
        for case in self.world.cases:
            registration = fresh(case)
            if registration.state in CLOSED_STATES or REGISTRATION.allows(registration.state, Action.ADMIT_BY_PLATFORM):
                continue
            office = [actions_open_to(actor, registration, OFFICE_ACTIONS) for actor in self.world.officers]
            firm = actions_open_to(head_of(registration.firm), registration, FIRM_ACTIONS)
            assert any(office) or set(firm) - {Action.WITHDRAW}, registration.state


def live(*, inside: bool, lives: int, acts: int) -> int:
    """How often somebody was registered."""
    machine = type("Machine", (Lives,), {"world": World(inside=inside), "admitted": 0})
    run_state_machine_as_test(machine, settings=settings(max_examples=lives, stateful_step_count=acts, **COMMON))
    return machine.admitted


@pytest.mark.django_db
@pytest.mark.parametrize("inside", [False, True])
def test_nobody_is_registered_alone(inside):
    live(inside=inside, lives=4, acts=25)


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("inside", [False, True])
def test_nobody_is_registered_alone_however_long_it_is_tried(inside):
    registered = live(inside=inside, lives=40, acts=40)
    assert registered > 0, "two officers together, or the platform's result, must get there"
