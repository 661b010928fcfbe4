"""What the page's frame shows and is not kept as rows."""

from cicpa_portal.settings.mode import DATA_DIR, env

FILINGS = env.list("PORTAL_FILINGS", default=[])
"""Filing numbers (ICP, public security) for the footer, as they should read."""
CONTACT_PHONE = env.str("PORTAL_CONTACT_PHONE", "")
"""The phone on pages that cannot ask the directory: server errors, maintenance."""
MAINTENANCE_FILE = DATA_DIR / "maintenance"
"""While it exists, every page is the maintenance page (cicpa_portal/maintenance.py)."""
