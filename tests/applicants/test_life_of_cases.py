"""No way to membership without two officers, no dead end: by trying anything, in any order, again and again."""

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.applicants.life_of_cases import LifeOfCases, World

pytestmark = pytest.mark.django_db
COMMON = {
    "deadline": None,
    "suppress_health_check": list(HealthCheck),
    "database": None,
    "phases": [Phase.explicit, Phase.generate],
    "derandomize": True,
}


@pytest.fixture
def machine():
    return type("Lives", (LifeOfCases,), {"world": World(), "acts": 0, "admissions": 0})


def test_nothing_that_anybody_tries_makes_a_member_alone(machine):
    run_state_machine_as_test(machine, settings=settings(max_examples=6, stateful_step_count=40, **COMMON))
    assert machine.acts > 100


@pytest.mark.slow
def test_nothing_that_anybody_tries_for_long_makes_a_member_alone(machine):
    run_state_machine_as_test(machine, settings=settings(max_examples=40, stateful_step_count=50, **COMMON))
    assert machine.acts > 800
    assert machine.admissions > 0
