"""The bodies themselves are reference data."""

import json
from datetime import datetime
from pathlib import Path

from apps.associations.models import Association
from apps.associations.selectors import kept_associations

REFERENCE = Path(__file__).parent.parent / "reference" / "associations.json"
EDITED_HERE = {"phone", "hours", "english_hours"}
"""What an installation keeps once it is filled in; the rest follows the reference file."""


def load_reference_data(*, now: datetime) -> None:
    """The 33 bodies. Phones and hours that an installation has filled in are left alone."""
    rows = [Association(**row) for row in json.loads(REFERENCE.read_text(encoding="utf-8"))]
    followed = [f.name for f in Association._meta.fields if f.name not in EDITED_HERE | {"code"}]
    Association.objects.bulk_create(rows, update_conflicts=True, unique_fields=["code"], update_fields=followed)
    kept_associations.forget()
