"""A double click, or the same form sent again: the second answer must not read as if somebody else had been first."""

from apps.applicants.models import Step
from apps.core.actor import Actor


def is_own_repeat(application_id, version: int, *, actor: Actor, action: str) -> bool:
    """Whether the last step of the case is this very act, by this officer, on the version that the form speaks of."""
    last = Step.objects.filter(application_id=application_id).select_related("application").order_by("at", "id").last()
    return (
        last is not None
        and last.action == action
        and last.actor_user_id == actor.user_id
        and last.application.version == version + 1
    )
