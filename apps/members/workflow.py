"""The life of a membership (domain.md, section 2). It has no state column: periods carry states and dates."""

from apps.core.workflow import Workflow
from apps.members.enums import CURRENT_STATUSES, MembershipStatus

MEMBERSHIP = Workflow(
    initial=MembershipStatus.ACTIVE,
    transitions=[
        ("suspend", {MembershipStatus.ACTIVE}, MembershipStatus.SUSPENDED),
        ("take_into_custody", {MembershipStatus.ACTIVE}, MembershipStatus.IN_CUSTODY),
        ("resume", {MembershipStatus.SUSPENDED, MembershipStatus.IN_CUSTODY}, MembershipStatus.ACTIVE),
        ("end", set(CURRENT_STATUSES), MembershipStatus.ENDED),
        ("void", set(CURRENT_STATUSES), MembershipStatus.VOID),
    ],
)
