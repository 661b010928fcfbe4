"""The life of a record as a table: from which states an action leads where. Pure data, no side effects."""

from dataclasses import dataclass

from apps.core.errors import TransitionRefused


@dataclass(frozen=True)
class Transition:
    action: str
    sources: frozenset[str]
    target: str


class Workflow:
    def __init__(self, *, initial: str, transitions: list[tuple[str, set[str], str]]):
        self.initial = initial
        self.transitions = tuple(
            Transition(action, frozenset(sources), target) for action, sources, target in transitions
        )

    def target(self, state: str, action: str) -> str:
        """The state that `action` leads to from `state`. Raises TransitionRefused where the table has none."""
        for transition in self.transitions:
            if transition.action == action and state in transition.sources:
                return transition.target
        raise TransitionRefused

    def allows(self, state: str, action: str) -> bool:
        return any(t.action == action and state in t.sources for t in self.transitions)

    def actions_from(self, state: str) -> list[str]:
        return [t.action for t in self.transitions if state in t.sources]

    def state_pairs(self) -> list[tuple[str, str]]:
        """Every (from, to), for the guard in the database."""
        return sorted({(source, t.target) for t in self.transitions for source in t.sources})
