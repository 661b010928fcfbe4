"""What the home pages join from several apps, and how the reader wants them to look."""

from apps.dashboard.selectors.display import SCHEME_COOKIE, TEXT_COOKIE, Display, display_preferences
from apps.dashboard.selectors.office import Entry, deadline_chart, office_entries, office_navigation

__all__ = [
    "SCHEME_COOKIE",
    "TEXT_COOKIE",
    "Display",
    "Entry",
    "deadline_chart",
    "display_preferences",
    "office_entries",
    "office_navigation",
]
