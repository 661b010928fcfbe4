"""Admitting members, ending memberships, and saying that one never was."""

from apps.members.services.admission import AlreadyMember, NumberTaken, admit_member, give_sign_in_names
from apps.members.services.conversion import convert_membership
from apps.members.services.ending import end_membership
from apps.members.services.moving import move_membership
from apps.members.services.voiding import void_membership

__all__ = [
    "AlreadyMember",
    "NumberTaken",
    "admit_member",
    "convert_membership",
    "end_membership",
    "give_sign_in_names",
    "move_membership",
    "void_membership",
]
