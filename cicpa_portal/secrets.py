"""The installation's keys: made at the first run of a demo or a test, brought by the operator in production.

Run as `python -m cicpa_portal.secrets FOLDER` it makes whatever is missing in FOLDER; for production
`--production` leaves out the mark that production refuses.
"""

import argparse
import atexit
import os
import secrets as randomness
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tink import aead, json_proto_keyset_format, new_keyset_handle, prf, secret_key_access

SPECIMEN_MARK = "SPECIMEN"
FILES = ("secret_key", "master_keyset.json", "index_keyset.json")


@dataclass(frozen=True)
class Secrets:
    secret_key: str
    master_keyset: str
    index_keyset: str
    seals_dir: Path

    @classmethod
    def read(cls, folder: Path) -> "Secrets":
        secret_key, master, index = ((folder / name).read_text().strip() for name in FILES)
        return cls(secret_key, master, index, folder / "seals")

    @classmethod
    def for_production(cls, folder: Path, *, debug: bool) -> "Secrets":
        """As `read`, but refuses to start with DEBUG, with a missing key, or with keys made for a demo or test."""
        if debug:
            raise SystemExit("Production does not start with PORTAL_DEBUG switched on. Unset it.")
        missing = [name for name in FILES if not (folder / name).is_file()]
        if missing:
            raise SystemExit(
                f"Production needs {', '.join(missing)} in {folder} (PORTAL_SECRETS). "
                "`python -m cicpa_portal.secrets --production FOLDER` makes them; keep a copy elsewhere."
            )
        if (folder / SPECIMEN_MARK).exists():
            raise SystemExit(f"The keys in {folder} were made for a demo or a test; production refuses them.")
        return cls.read(folder)


def make_missing_secrets(folder: Path, *, specimen: bool = True) -> None:
    """Make each key that `folder` lacks, readable by its owner only. Never replaces one."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    aead.register()
    prf.register()
    fresh = [
        _write_once(folder / "secret_key", randomness.token_urlsafe(64)),
        _write_once(folder / "master_keyset.json", _new_keyset(aead.aead_key_templates.AES256_GCM)),
        _write_once(folder / "index_keyset.json", _new_keyset(prf.prf_key_templates.HMAC_SHA256)),
    ]
    (folder / "seals").mkdir(exist_ok=True, mode=0o700)
    if specimen and any(fresh):
        _write_once(folder / SPECIMEN_MARK, "Made for a demo or a test. Production refuses these keys.\n")


def throwaway_folder() -> Path:
    """A folder for the keys of this test run; processes that it starts find the same keys through the environment."""
    folder = tempfile.mkdtemp(prefix="cicpa-test-keys-")
    os.environ["PORTAL_SECRETS"] = folder
    owner = os.getpid()
    atexit.register(lambda: os.getpid() == owner and shutil.rmtree(folder, ignore_errors=True))
    return Path(folder)


def _new_keyset(template) -> str:
    return json_proto_keyset_format.serialize(new_keyset_handle(template), secret_key_access.TOKEN)


def _write_once(path: Path, text: str) -> bool:
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return False
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
    return True


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--production", action="store_true")
    arguments = parser.parse_args()
    make_missing_secrets(arguments.folder, specimen=not arguments.production)
