"""Reading the register."""

from apps.members.selectors.conversions import converted_from, restored_with
from apps.members.selectors.figures import admissions_by_day
from apps.members.selectors.firm_history import FirmTie, firm_ties_of, persons_of_firms
from apps.members.selectors.memberships import (
    current_membership_of,
    get_membership,
    get_memberships,
    has_membership_after,
    lock_membership,
    membership_by_number,
    membership_by_number_and_name,
    membership_of_case,
    memberships_of_person,
    memberships_of_user,
    normalise_member_number,
)
from apps.members.selectors.register import RegisterEntry, RegisterFindings, search_register
from apps.members.selectors.state import (
    MembershipState,
    is_void,
    membership_history,
    membership_state,
    membership_states,
    period_covers,
)

__all__ = [
    "FirmTie",
    "MembershipState",
    "RegisterEntry",
    "RegisterFindings",
    "admissions_by_day",
    "converted_from",
    "current_membership_of",
    "firm_ties_of",
    "get_membership",
    "get_memberships",
    "has_membership_after",
    "is_void",
    "lock_membership",
    "membership_by_number",
    "membership_by_number_and_name",
    "membership_history",
    "membership_of_case",
    "membership_state",
    "membership_states",
    "memberships_of_person",
    "memberships_of_user",
    "normalise_member_number",
    "period_covers",
    "persons_of_firms",
    "restored_with",
    "search_register",
]
