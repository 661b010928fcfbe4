"""What the joining process does when something has happened below."""

from apps.applicants.services import roll_import  # noqa: F401  (registers the import of the roll)
from apps.applicants.services.deadlines import recompute_deadlines
from apps.outbox.registry import handles
from apps.rules.selectors import forget_rules


@handles("rule.changed")
@handles("calendar.loaded")
def recompute_open_deadlines(payload, *, now):
    forget_rules()  # this process may still hold what was before
    recompute_deadlines()
