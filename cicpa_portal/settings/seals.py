"""Time stamps and what else lets a seal be checked for long."""

from cicpa_portal.settings.mode import PRODUCTION, env

STAMP_URL = env.str("PORTAL_STAMP_URL", "" if PRODUCTION else "specimen")
"""An RFC 3161 service, as http://stamps.example.org/tsa; `specimen` stamps by itself, and is worth nothing."""
STAMP_SECONDS = env.float("PORTAL_STAMP_SECONDS", 5.0)
"""How long a document waits for its stamp; after that it goes without, and gets one later."""
SEALS_FETCH_REVOCATION = env.bool("PORTAL_SEALS_FETCH_REVOCATION", False)
"""Ask the authorities that the certificates name for CRL and OCSP; otherwise only `*.crl` beside the keys."""
SEALS_FETCH_SECONDS = env.float("PORTAL_SEALS_FETCH_SECONDS", 5.0)
"""How long a document waits for all these answers together; after that it goes with a level less, and is repaired."""

if PRODUCTION and STAMP_URL == "specimen":
    raise SystemExit("Production takes no specimen time stamps: set PORTAL_STAMP_URL to a service, or leave it empty.")
