"""What a run over many members costs, all told: the whole path from chunk to status entry, with both real seals.

    DATABASE_URL=postgres://… python -m bench.certificate_runs [--members 400] [--workers 2]

Invented members are built in bulk from a seed; then a run issues every certificate again the way the portal does it.
CPU is that of the workers and of the PostgreSQL processes that served them (/proc), and the time of the whole server
beside it, where it stands on this machine. Afterwards a second run over the same members must issue nothing. The
database is a test's own; files and keys lie in a folder that is removed.
"""

import argparse
import gc
import os
import resource
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("PORTAL_MODE", "test")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cicpa_portal.settings")

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test.runner import DiscoverRunner  # noqa: E402

from apps.certificates.models import Certificate, Sealing, StatusEntry  # noqa: E402
from apps.certificates.selectors.runs import progress_of  # noqa: E402
from apps.certificates.services import start_run, work_on_runs  # noqa: E402
from apps.certificates.services.runs import asking, work  # noqa: E402
from apps.core import clock  # noqa: E402
from apps.core.actor import Actor  # noqa: E402
from apps.documents.services import read_file  # noqa: E402
from apps.outbox import services as outbox  # noqa: E402
from bench.certificates import validate  # noqa: E402
from bench.members import KIND, build_members  # noqa: E402

NATION, TARGET_MS, SAMPLE = 364_000, 19, 20
TICKS = os.sysconf("SC_CLK_TCK")
OPERATOR = Actor.system("bench")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--members", type=int, default=400)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    for place in (asking, work):
        place.wake_worker = lambda: None
    outbox._wake_worker = lambda **_how: None
    runner = DiscoverRunner(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        with tempfile.TemporaryDirectory() as folder:
            measure(Path(folder), options)
    finally:
        runner.teardown_databases(databases)


def measure(folder: Path, options) -> None:
    keep_in(folder)
    call_command("load_reference_data", verbosity=0)
    begun = time.monotonic()
    build_members(options.members, seed=options.seed)
    print(f"{options.members:,} members built in {time.monotonic() - begun:.0f} s", flush=True)
    size = database_size()
    run = begin("kind", KIND)
    spent = [work_with(options.workers)]
    report(run, spent[0], options.members, folder, database_size() - size)
    validate_some(run)
    again = begin("outdated", "")
    work_with(1)
    again.refresh_from_db()
    found = progress_of(again)
    total = Certificate.objects.filter(issued_at__isnull=False).count()
    print(f"a second run: {found.issued} issued, {found.kept:,} kept; {total:,} certificates in all")
    if found.issued or total != 2 * options.members or Sealing.objects.count() != options.members:
        raise SystemExit("a member was left out, or had two")


def keep_in(folder: Path) -> None:
    storages = {**settings.STORAGES}
    storages["default"] = {**storages["default"], "OPTIONS": {"location": folder / "files"}}
    settings.STORAGES, settings.SEALS_DIR = storages, folder / "seals"


def begin(scope: str, target: str):
    return start_run(actor=OPERATOR, scope=scope, target=target, reason="bench", now=clock.now())


@dataclass
class Spent:
    """Of all workers: CPU seconds of their own and of their PostgreSQL processes, the fattest of them, seconds."""

    own: float
    database: float
    largest_mb: float
    elapsed: float


def work_with(workers: int) -> Spent:
    """Each worker is a process of its own with a connection of its own, as under Celery."""
    connection.close()
    gc.freeze()
    begun, pipes = time.monotonic(), []
    for _worker in range(workers):
        reading, writing = os.pipe()
        if os.fork() == 0:
            work_and_tell(writing)
        os.close(writing)
        pipes.append(reading)
    told = [list(map(float, os.fdopen(pipe).read().split())) for pipe in pipes]
    for _worker in range(workers):
        os.wait()
    own, database, largest = zip(*told, strict=True)
    return Spent(sum(own), sum(database), max(largest), time.monotonic() - begun)


def work_and_tell(pipe: int) -> None:
    try:
        while work_on_runs(clock=clock.now):
            pass
        used = resource.getrusage(resource.RUSAGE_SELF)
        own = used.ru_utime + used.ru_stime
        os.write(pipe, f"{own} {database_seconds()} {used.ru_maxrss / 1024}".encode())
    finally:
        os._exit(0)


def database_seconds() -> float:
    """Of the PostgreSQL process behind this connection; 0 where it is not on this machine."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid = cursor.fetchone()[0]
    try:
        said = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return 0.0
    user, system = said.rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / TICKS


def database_size() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return cursor.fetchone()[0]


def validate_some(run) -> None:
    rows = Certificate.objects.filter(run=run).select_related("file__data_key").order_by("code")
    for certificate in rows[:SAMPLE]:
        validate(read_file(certificate.file))
    print(f"{min(SAMPLE, rows.count())} of the files, taken at random: both seals valid, the whole file covered")


def report(run, spent: Spent, members: int, folder: Path, grown: int) -> None:
    run.refresh_from_db()
    found = progress_of(run)
    own, database = spent.own * 1000 / members, spent.database * 1000 / members
    rate = found.issued / spent.elapsed
    kept = Certificate.objects.filter(run=run).values_list("file__path", flat=True)
    files = sum((folder / "files" / path).stat().st_size for path in kept.iterator())
    cost = f"{own:.2f} workers, {database:.2f} PostgreSQL (target {TARGET_MS})"
    print(
        f"run {run.state}: {found.issued:,} issued, {found.kept} kept, {found.failed} failed\n"
        f"{own + database:6.2f} ms CPU a certificate: {cost}\n"
        f"{rate:6.1f} a second; {NATION:,} in {NATION / rate / 60:.0f} min at this rate\n"
        f"{spent.largest_mb:6.0f} MB the largest worker\n"
        f"{files / members / 1024:6.1f} KB of file and {grown / members / 1024:.1f} KB of database a certificate\n"
        f"{StatusEntry.objects.count():,} places in the status lists"
    )


if __name__ == "__main__":
    main()
