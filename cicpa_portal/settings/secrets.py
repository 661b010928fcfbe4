"""Keys live in a folder outside the database: PORTAL_SECRETS, by default `secrets` in the data folder."""

from pathlib import Path

from cicpa_portal.secrets import Secrets, make_missing_secrets, throwaway_folder
from cicpa_portal.settings.mode import DATA_DIR, DEBUG, PRODUCTION, TESTING, env

SECRETS_DIR = Path(
    env.str("PORTAL_SECRETS", "") or (throwaway_folder() if TESTING else DATA_DIR / "secrets"),
)

if PRODUCTION:
    secrets = Secrets.for_production(SECRETS_DIR, debug=DEBUG)
else:
    make_missing_secrets(SECRETS_DIR)
    secrets = Secrets.read(SECRETS_DIR)

SECRET_KEY = secrets.secret_key
MASTER_KEYSET = secrets.master_keyset
INDEX_KEYSET = secrets.index_keyset
SEALS_DIR = secrets.seals_dir
"""One PKCS#12 file an association, `<code>.p12`, and its passphrase beside it in `<code>.pass`."""
