"""What every case has in common, whatever it is about: a version, a table along which it moves, and a history."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from apps.core.actor import Actor
from apps.core.errors import NotPermitted, TransitionRefused
from apps.core.workflow import Workflow

Case = TypeVar("Case")


def open_as(actor: Actor, case: Case, version: int, allowed: Callable[[Actor, Case], bool]) -> Case:
    """The locked case, if the actor may, and if the form speaks of it as it is now."""
    if not allowed(actor, case):
        raise NotPermitted
    check_version(case, version)
    return case


def check_version(case, version: int) -> None:
    """Raises TransitionRefused where the form was filled in on an older state of the case."""
    if case.version != version:
        raise TransitionRefused


def take_step_along(workflow: Workflow, case, action: str, *, actor: Actor, now: datetime) -> None:
    """Move the case along its table and write its history. The caller saves it, once, with what else changes."""
    target = workflow.target(case.state, action)
    case.steps.create(
        action=action,
        from_state=case.state,
        to_state=target,
        at=now,
        actor_label=actor.label,
        actor_user_id=actor.user_id,
    )
    case.state = target
    touch(case, now=now)


def touch(case, *, now: datetime) -> None:
    """Whoever still looks at the case as it was is told so."""
    case.changed_at = now
    case.version += 1
