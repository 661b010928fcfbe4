"""Doors into the register: the import of practising members from a file."""

from apps.members.services import member_import  # noqa: F401 (registers itself)
