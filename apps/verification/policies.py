"""Who may share what."""

from apps.core.actor import Actor
from apps.members.selectors import memberships_of_user


def can_share(actor: Actor, membership_id) -> bool:
    """The member alone."""
    return actor.is_signed_in and memberships_of_user(actor.user_id).filter(pk=membership_id).exists()


def can_revoke(actor: Actor, link) -> bool:
    return can_share(actor, link.membership_id)
