"""What the joining process does when something has happened below."""

from apps.applicants.services import roll_import  # noqa: F401  (registers the import of the roll)
from apps.applicants.services.deadlines import recompute_deadlines
from apps.outbox.registry import handles


@handles("calendar.loaded")
def recompute_open_deadlines(payload, *, now):
    recompute_deadlines()
