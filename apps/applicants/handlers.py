"""What the joining process does when something has happened below."""

from apps.applicants.services.deadlines import recompute_deadlines
from apps.outbox.registry import handles


@handles("calendar.loaded")
def recompute_open_deadlines(payload, *, now):
    recompute_deadlines()
