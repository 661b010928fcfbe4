"""What every step of an application has in common."""

from datetime import datetime

from apps.applicants.enums import LOCAL_STATES
from apps.applicants.models import Application, Step
from apps.applicants.workflow import APPLICATION
from apps.core.actor import Actor
from apps.core.errors import TransitionRefused
from apps.outbox.services import enqueue


def lock_application(application_id) -> Application:
    """The case, locked until the end of the transaction. Locks go in one order: case, person, counters."""
    return Application.objects.select_for_update(of=("self",)).select_related("data_key").get(pk=application_id)


def check_version(application: Application, version: int) -> None:
    """Raises TransitionRefused where the form was filled in on an older state of the case."""
    if application.version != version:
        raise TransitionRefused


def require_local_turn(application: Application) -> None:
    """Raises TransitionRefused where it is not the association's turn to decide."""
    if application.state not in LOCAL_STATES:
        raise TransitionRefused


def take_step(application: Application, action: str, *, actor: Actor, now: datetime) -> None:
    """Move the case along the table and write its history. The caller saves it, once, with what else changes."""
    target = APPLICATION.target(application.state, action)
    Step.objects.create(
        application=application,
        action=action,
        from_state=application.state,
        to_state=target,
        at=now,
        actor_label=actor.label,
        actor_user_id=actor.user_id,
    )
    application.state = target
    application.changed_at = now
    application.version += 1


def tell(event: str, application: Application, *, now: datetime) -> None:
    """Tell the floors above, in the same transaction."""
    enqueue(event, {"application_id": str(application.pk), "reference": application.reference}, now=now)
