"""What every step of an application has in common."""

from datetime import datetime

from apps.applicants.enums import LOCAL_STATES
from apps.applicants.models import Application
from apps.applicants.workflow import APPLICATION
from apps.core.actor import Actor
from apps.core.errors import TransitionRefused
from apps.core.steps import take_step_along
from apps.outbox.services import enqueue


def lock_application(application_id) -> Application:
    """The case, locked until the end of the transaction. Locks go in one order: case, person, counters."""
    return Application.objects.select_for_update(of=("self",)).select_related("data_key").get(pk=application_id)


def require_local_turn(application: Application) -> None:
    """Raises TransitionRefused where it is not the association's turn to decide."""
    if application.state not in LOCAL_STATES:
        raise TransitionRefused


def take_step(application: Application, action: str, *, actor: Actor, now: datetime) -> None:
    take_step_along(APPLICATION, application, action, actor=actor, now=now)


def tell(event: str, application: Application, *, now: datetime) -> None:
    """Tell the floors above, in the same transaction."""
    enqueue(event, {"application_id": str(application.pk), "reference": application.reference}, now=now)
