"""A fixture to import: after each test of a module, whatever was decided in it derives again without a difference."""

import pytest

from apps.applicants.selectors.replay import replay


@pytest.fixture(autouse=True)
def every_decision_can_be_derived_again(db):
    yield
    assert [line for outcome in replay() for line in outcome.differences] == []
