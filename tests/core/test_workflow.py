import pytest

from apps.core.errors import TransitionRefused
from apps.core.workflow import Workflow

DOOR = Workflow(initial="shut", transitions=[("open", {"shut", "ajar"}, "open"), ("shut", {"open"}, "shut")])


def test_target_follows_the_table():
    assert DOOR.target("ajar", "open") == "open"


@pytest.mark.parametrize(("state", "action"), [("open", "open"), ("shut", "shut"), ("gone", "open"), ("shut", "burn")])
def test_target_refuses_what_the_table_does_not_have(state, action):
    with pytest.raises(TransitionRefused):
        DOOR.target(state, action)
    assert not DOOR.allows(state, action)


def test_actions_and_pairs_come_from_the_same_table():
    assert DOOR.actions_from("shut") == ["open"]
    assert DOOR.state_pairs() == [("ajar", "open"), ("open", "shut"), ("shut", "open")]
