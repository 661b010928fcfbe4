"""What this room brings to the rooms below."""

from apps.standing.services import fact_import  # noqa: F401  (registers the import of recorded facts)
