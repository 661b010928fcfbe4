"""Settings of every test run. PORTAL_MODE must stand before Django reads its settings."""

import os

os.environ["PORTAL_MODE"] = "test"
