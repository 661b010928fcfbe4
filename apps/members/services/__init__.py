"""Admitting members, and ending memberships."""

from apps.members.services.admission import AlreadyMember, NumberTaken, admit_member, give_sign_in_names
from apps.members.services.ending import end_membership

__all__ = ["AlreadyMember", "NumberTaken", "admit_member", "end_membership", "give_sign_in_names"]
