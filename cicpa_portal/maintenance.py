"""The portal at rest: while the file `maintenance` lies in the data directory, every page says so with 503.

    touch var/maintenance                        # closed, reopening not announced
    echo 2026-11-25T20:00 > var/maintenance      # closed, expected back at this hour (Beijing)
    rm var/maintenance                           # open again, at once

Nothing here asks the database, the cache or the session: they may be what is being maintained.
"""

from datetime import datetime

from django.conf import settings
from django.utils import timezone

from apps.dashboard.views.errors import maintenance

STAYS_OPEN = ("/healthz", "/readyz", settings.STATIC_URL)
"""What watches the portal, and the page's own styles."""
RETRY_SECONDS = 600


class MaintenanceMiddleware:
    """Stands before everything that could fail while the portal is being mended."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not settings.MAINTENANCE_FILE.exists() or request.path.startswith(STAYS_OPEN):
            return self.get_response(request)
        response = maintenance(request, until=expected_back())
        response["Retry-After"] = RETRY_SECONDS
        response["Cache-Control"] = "no-store"
        return response


def expected_back() -> datetime | None:
    """The hour that the file names, in the portal's time zone; None where it names none or cannot be read."""
    try:
        back = datetime.fromisoformat(settings.MAINTENANCE_FILE.read_text(encoding="utf-8").strip())
    except (OSError, ValueError):
        return None
    return back if timezone.is_aware(back) else timezone.make_aware(back)
