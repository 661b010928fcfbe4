from apps.accounts.enums import Permission
from apps.accounts.policies import has_permission
from apps.core.actor import Actor


def can_identify_officer(actor: Actor, *, user_id: int) -> bool:
    """Say who is behind a staff account: whoever grants seats, and never about oneself."""
    return actor.user_id != user_id and has_permission(actor, Permission.GRANT_SEATS)


def can_declare_relations(actor: Actor) -> bool:
    """An officer, for themself: somebody with a seat who is known as a person."""
    return bool(actor.seats) and actor.person_id is not None
