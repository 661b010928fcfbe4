"""What this room brings to the rooms below."""

from apps.standing.services import fact_import, record_import  # noqa: F401  (register what can be imported here)
