"""What is published so that anybody can check without the portal."""

from cicpa_portal.settings.mode import env

STATUS_LIST_HOURS = env.int("PORTAL_STATUS_LIST_HOURS", 24)
"""How long a copy of a status list, or of the keys, may be trusted by somebody without a network."""
