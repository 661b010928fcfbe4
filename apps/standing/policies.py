"""Who keeps the recorded facts."""

from apps.accounts.enums import Permission
from apps.accounts.policies import has_permission
from apps.core.actor import Actor


def can_record_facts(actor: Actor) -> bool:
    return has_permission(actor, Permission.RECORD_FACTS)
