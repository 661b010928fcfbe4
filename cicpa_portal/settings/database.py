"""One PostgreSQL (15 or newer). The web and the worker connect as a role that cannot touch the audit record."""

from cicpa_portal.settings.mode import PRODUCTION, TESTING, env

AS_OWNER = env.bool("PORTAL_AS_OWNER", TESTING)
"""Migrations and tests connect as the role that owns the tables."""

_application_url = env.str("DATABASE_URL", "" if PRODUCTION else "postgres://portal_app@127.0.0.1:15432/portal")
if not _application_url:
    raise SystemExit("Production needs DATABASE_URL (or DATABASE_URL_FILE): postgres://ROLE:PASSWORD@HOST:5432/portal.")
_owner_url = env.str("DATABASE_OWNER_URL", "")

DATABASES = {
    "default": {
        **env.db_url_config(_owner_url if AS_OWNER and _owner_url else _application_url),
        "CONN_MAX_AGE": 0 if TESTING else 300,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
    }
}
APPLICATION_ROLE = env.db_url_config(_application_url)["USER"]
"""The role that `grant_application_role` gives its rights to after each migration."""
