"""Who may read and answer tips."""

from apps.accounts.enums import Permission
from apps.accounts.policies import has_permission
from apps.core.actor import Actor


def can_answer_tips(actor: Actor) -> bool:
    """The national body: a forger keeps to no province."""
    return has_permission(actor, Permission.ANSWER_TIPS)
