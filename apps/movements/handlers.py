"""Doors into members' photos: the import of an archive."""

from apps.movements.services import photo_import  # noqa: F401 (registers itself)
