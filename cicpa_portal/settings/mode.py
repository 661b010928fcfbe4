"""Which kind of installation this is, and where its data lies."""

from pathlib import Path

import environ

env = environ.FileAwareEnv()
"""NAME_FILE names a file that holds the value of NAME, so that passwords need not stand in the environment."""

BASE_DIR = Path(__file__).resolve().parent.parent.parent

MODE = env.str("PORTAL_MODE", "production")
if MODE not in {"production", "demo", "test"}:
    raise SystemExit(f"PORTAL_MODE is {MODE!r}; it must be production, demo or test.")

DEMO = MODE == "demo"
TESTING = MODE == "test"
PRODUCTION = MODE == "production"
DEBUG = env.bool("PORTAL_DEBUG", False)

DATA_DIR = Path(env.str("PORTAL_DATA", str(BASE_DIR / "var"))).resolve()
PUBLIC_URL = env.str("PORTAL_PUBLIC_URL", "http://localhost:8000").rstrip("/")
"""The address under which people reach the portal; QR codes and mails carry it."""
