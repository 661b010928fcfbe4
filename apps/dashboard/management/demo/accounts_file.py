"""demo-accounts.json: how to be each of the demo's people."""

import json
import os
from pathlib import Path

from django.conf import settings


def accounts_file() -> Path:
    return settings.DATA_DIR / "demo-accounts.json"


def read_demo() -> dict:
    path = accounts_file()
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {"accounts": [], "passers": []}


def write_demo(demo: dict) -> None:
    """Readable by the owner only, and never half-written."""
    path = accounts_file()
    draft = path.with_suffix(".new")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(demo, file, ensure_ascii=False, indent=1)
    draft.replace(path)
