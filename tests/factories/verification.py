"""Links for tests."""

from apps.accounts.models import User
from apps.core.actor import Actor, ActorKind
from apps.core.clock import now as present
from apps.verification.selectors import Wish
from apps.verification.services import create_link


def make_link(membership_id, user: User, *, fields=("name", "number", "photo"), days=7, most=3, note="", now=None):
    """A link of the member whose account this is."""
    actor = Actor(ActorKind.USER, label=f"user:{user.pk}", user_id=user.pk)
    wish = Wish(list(fields), days, most, note)
    return create_link(actor=actor, membership_id=membership_id, wish=wish, now=now or present())
