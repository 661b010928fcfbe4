"""Brings an installation up to date, as the role that owns the tables: `python -m cicpa_portal.prepare`.

Migrations, the application role's rights, reference data, words, static files.
Repeating it changes nothing. With --wait it first waits for the database; `--wait-only` waits until somebody else
has prepared everything, which is how web, worker and scheduler begin in their containers.
"""

import argparse
import contextlib
import hashlib
import io
import os
import sys
import time
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command

PATIENCE = 120


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wait", action="store_true")
    parser.add_argument("--wait-only", action="store_true")
    parser.add_argument("--demo-only", action="store_true", help="the demo's people, as the application's role")
    parser.add_argument("--files-only", action="store_true", help="words and static files: for building an image")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cicpa_portal.settings")
    django.setup()
    if options.wait_only:
        return _wait(_is_prepared, "the database has been prepared")
    if options.wait and (status := _wait(_database_answers, "the database answers")):
        return status
    if options.demo_only:
        _step("demo data", _load_demo)
        return 0
    if not options.files_only:
        prepare_database()
    prepare_files()
    return 0


def prepare_database() -> None:
    _step("migrations", lambda: call_command("migrate", interactive=False, verbosity=0))
    _step("rights of the application role", lambda: call_command("grant_application_role"))
    _step("reference data", lambda: call_command("load_reference_data"))


def prepare_files() -> None:
    """An image brings its files along; it has published them while it was built and can write none now."""
    if not os.access(settings.BASE_DIR / "locale", os.W_OK):
        return
    _step("words", _compile_catalogues)
    if _static_files_changed():
        _step("static files", _collect_static_files)


def _step(what: str, do) -> None:
    begun = time.monotonic()
    print(f"  {what} … ", end="", file=sys.stderr, flush=True)
    do()
    print(f"{time.monotonic() - begun:.1f} s", file=sys.stderr, flush=True)


def _load_demo() -> None:
    with contextlib.redirect_stdout(io.StringIO()):
        call_command("load_demo")


def _compile_catalogues() -> None:
    with contextlib.redirect_stdout(io.StringIO()):
        call_command("catalogues", "compile")


def _collect_static_files() -> None:
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    _static_stamp().write_text(_static_fingerprint())


def _static_files_changed() -> bool:
    stamp = _static_stamp()
    return not stamp.is_file() or stamp.read_text() != _static_fingerprint()


def _static_stamp() -> Path:
    return Path(settings.STATIC_ROOT).with_suffix(".stamp")


def _static_fingerprint() -> str:
    """Of all that could be published: names, sizes and times of the sources, and the package that brings Bootstrap."""
    files = sorted(path for folder in settings.STATICFILES_DIRS for path in Path(folder).rglob("*") if path.is_file())
    described = [f"{path} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in files]
    lock = (settings.BASE_DIR / "requirements.txt").read_bytes()
    return hashlib.sha256("\n".join(described).encode() + lock).hexdigest()


def _wait(is_so, what: str) -> int:
    deadline = time.monotonic() + PATIENCE
    while not is_so():
        if time.monotonic() > deadline:
            print(f"Waited {PATIENCE} s in vain until {what}.", file=sys.stderr)
            return 1
        time.sleep(1)
    return 0


def _database_answers() -> bool:
    from django.db import DatabaseError, connection

    try:
        connection.ensure_connection()
    except DatabaseError as error:
        print(f"Waiting for the database: {str(error).strip().splitlines()[0]}", file=sys.stderr)
        return False
    return True


def _is_prepared() -> bool:
    """Whether every migration is applied and the application's role has been given its rights."""
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    if not _database_answers():
        return False
    try:
        executor = MigrationExecutor(connection)
        return not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        connection.close()
        return False


if __name__ == "__main__":
    sys.exit(main())
