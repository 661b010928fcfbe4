"""A worker that is killed by the system, for real, at a given place of what it does to one row."""

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime
from importlib import import_module
from uuid import UUID

END = "end"


def die_while(act: str, row_id, *, at: str, folder) -> None:
    """Let a process do `act` ("module:function") to the row and die where it comes to `at` (as `act`, or END).

    `folder` keeps its files. The database is the test's, which must be `django_db(transaction=True)`.
    """
    from django.conf import settings

    worker = subprocess.run(
        [sys.executable, "-m", __name__, act, str(row_id), at],
        cwd=settings.BASE_DIR,
        env=_environment(folder),
        check=False,
    )
    assert worker.returncode == -signal.SIGKILL, f"it never came to {at}"


def _environment(folder) -> dict[str, str]:
    from django.db import connection

    database = connection.settings_dict
    server = f"postgres://{database['USER']}:{database['PASSWORD']}@{database['HOST']}:{database['PORT']}"
    address = f"{server}/{database['NAME']}"
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "cicpa_portal.settings",
        "DATABASE_URL": address,
        "DATABASE_OWNER_URL": address,
        "PORTAL_DATA": str(folder),
    }


def _work(act: str, row_id: str, at: str) -> None:
    import django

    django.setup()
    import_module("apps.outbox.services")._wake_worker = lambda **_: None
    if at != END:
        module, name = at.split(":")
        setattr(import_module(module), name, _die)
    module, name = act.split(":")
    getattr(import_module(module), name)(UUID(row_id), now=datetime.now(UTC))
    if at == END:
        _die()


def _die(*args, **kwargs):
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    _work(*sys.argv[1:])
