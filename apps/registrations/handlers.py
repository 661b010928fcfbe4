"""What practising registration does when something has happened below."""

from apps.outbox.registry import handles
from apps.registrations.services import platform_import  # noqa: F401  (registers the import of results)
from apps.registrations.services.deadlines import recompute_deadlines
from apps.rules.selectors import forget_rules


@handles("calendar.loaded")
def recompute_open_deadlines(payload, *, now):
    forget_rules()  # this process may still hold the calendar of before the notice
    recompute_deadlines()
