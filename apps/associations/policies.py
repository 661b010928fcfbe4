from apps.accounts.enums import Permission
from apps.accounts.policies import has_permission
from apps.core.actor import Actor


def can_grant_seats(actor: Actor, *, to_user_id: int) -> bool:
    """An administrator, never to oneself; or the portal itself (the first administrator, the demo)."""
    if actor.is_system:
        return True
    return actor.user_id != to_user_id and has_permission(actor, Permission.GRANT_SEATS)
