"""Who may act for a firm, and who says so. Scopes in selectors agree with this."""

from apps.accounts.enums import Permission
from apps.accounts.policies import has_permission
from apps.core.actor import Actor
from apps.firms.enums import FIRM, FirmRole
from apps.firms.models import Firm


def can_appoint_head(actor: Actor, firm: Firm) -> bool:
    """The staff of the firm's association; or the portal itself (the demo)."""
    return actor.is_system or has_permission(actor, Permission.APPOINT_FIRM_HEADS, firm.association_id)


def can_name_agents(actor: Actor, firm: Firm) -> bool:
    return actor.is_system or has_seat_at(actor, firm.code, FirmRole.HEAD)


def has_seat_at(actor: Actor, firm_code: str, role: str | None = None) -> bool:
    """Whether the actor acts for the firm (in that role)."""
    return any(grant.body == FIRM and grant.code == firm_code and role in {None, grant.role} for grant in actor.grants)
