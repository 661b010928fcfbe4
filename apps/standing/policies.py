"""Who keeps the recorded facts, and who what is recorded about members."""

from apps.accounts.enums import Permission
from apps.accounts.policies import has_permission
from apps.core.actor import Actor
from apps.standing.enums import YEARLY


def can_record_facts(actor: Actor) -> bool:
    return has_permission(actor, Permission.RECORD_FACTS)


def can_record_about(actor: Actor, person_id, matter: str, association_code: str | None) -> bool:
    """The national registrar whatever it is; the member's association what it finds each year. Never about oneself."""
    if actor.person_id is not None and actor.person_id == person_id:
        return False
    own = association_code is not None and has_permission(actor, Permission.IMPORT_MEMBER_RECORDS, association_code)
    return can_record_facts(actor) or (own and matter in YEARLY)
