"""Blind indexes of this room."""

from datetime import date

from apps.core.encryption import blind_index


def birth_index(day: date) -> str:
    """Equal for those born on the same day."""
    return blind_index("standing.birth", day.isoformat())
