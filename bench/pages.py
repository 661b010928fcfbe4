"""What everybody's pages cost, as multiples of "hello": a Django view without middleware or database, beside them.

    DATABASE_URL=postgres://… python -m bench.pages [--members 1000] [--rounds 5] [--requests 200]

Both are served by gunicorn with two sync workers; the portal runs as a deployment does, with all of its middleware,
published static files and kept connections. Small clients ask in interleaved rounds. CPU is what the web workers and
their database processes have used for a request; absolute times drift with the machine, the ratios of one run hold. The
database is a test's own.
"""

import argparse
import contextlib
import http.client
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

FOLDER = tempfile.TemporaryDirectory(prefix="portal-bench-")
os.environ["PORTAL_MODE"] = "test"
os.environ["PORTAL_DATA"], os.environ["PORTAL_SECRETS"] = FOLDER.name, f"{FOLDER.name}/secrets"
os.environ["DJANGO_SETTINGS_MODULE"] = "cicpa_portal.settings"

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test.runner import DiscoverRunner  # noqa: E402

from tests.factories.certificates import make_certificate  # noqa: E402
from tests.factories.members import make_member  # noqa: E402
from tests.factories.people import make_person, resident_id  # noqa: E402

CLIENTS = 2
TICK = os.sysconf("SC_CLK_TCK")
TARGETS = {"home": 6, "sign in": 6, "search by name": 10, "search by number": 10, "verify": 6, "verify by code": 6}
"""From measurements.md, in hellos of CPU. The others are shown beside them."""


@dataclass
class Server:
    port: int
    process: subprocess.Popen

    def cpu(self) -> float:
        """Seconds that its workers, and the database for them, have used so far."""
        return sum(_seconds(pid) for pid in _children(self.process.pid) + _database_processes())


@dataclass
class Page:
    name: str
    server: Server
    address: str
    status: int = 200
    cpu: list[float] = field(default_factory=list)
    rate: list[float] = field(default_factory=list)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--members", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--requests", type=int, default=200)
    options = parser.parse_args()
    runner = DiscoverRunner(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        code = fill(options.members)
        with served("hello", "bench.hello:application") as hello, served("portal") as portal:
            pages = pages_of(hello, portal, code)
            for _round in range(options.rounds):
                for page in pages:
                    measure(page, options.requests)
        return report(pages)
    finally:
        runner.teardown_databases(databases)
        FOLDER.cleanup()


def fill(members: int) -> str:
    """A register of CPAs, and the code of a certificate."""
    call_command("load_reference_data")
    for number in range(members):
        identity = resident_id(date(1960, 1, 1) + timedelta(days=number // 1000), sequence=number % 1000)
        person = make_person(f"王{chr(0x4E00 + number % 5000)}", identity_number=identity)
        make_member(person, kind="practising", number=f"33000{number:07d}")
    code = make_certificate(name="王芳").code
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    connection.close()
    return code


def pages_of(hello: Server, portal: Server, code: str) -> list[Page]:
    return [
        Page("hello", hello, "/"),
        Page("home", portal, "/"),
        Page("sign in", portal, "/signin/"),
        Page("search, empty", portal, "/register/"),
        Page("search by name", portal, "/register/?name=%E7%8E%8B%E4%B8%80"),
        Page("search by number", portal, "/register/?number=330000000001"),
        Page("verify", portal, "/verify/"),
        Page("verify by code", portal, f"/v/{code}"),
        Page("unknown code", portal, f"/v/{code[:-4]}2345", status=404),
    ]


@contextlib.contextmanager
def served(name: str, application: str = "") -> Iterator[Server]:
    """gunicorn with two sync workers on a free port, until the block is left."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    config = [] if application else ["--config", "python:cicpa_portal.webserver"]
    command = [sys.executable, "-m", "gunicorn", *config, *([application] if application else [])]
    command += ["--workers", "2", "--worker-class", "sync", "--bind", f"127.0.0.1:{port}"]
    with (Path(FOLDER.name) / f"{name}.log").open("w") as log:
        process = subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment(), stdout=log, stderr=log)
        try:
            wait_until_ready(port)
            yield Server(port, process)
        finally:
            process.terminate()
            process.wait(timeout=20)


def environment() -> dict[str, str]:
    """Of a deployment, on the test's own database."""
    own = connection.settings_dict
    address = f"postgres://{own['USER']}:{own['PASSWORD']}@{own['HOST']}:{own['PORT']}/{own['NAME']}"
    static = f"{FOLDER.name}/static"
    env = {**os.environ, "PORTAL_MODE": "demo", "PORTAL_STATIC": static, "DATABASE_URL": address}
    if not Path(static).exists():
        command = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
        subprocess.run(command, cwd=settings.BASE_DIR, env=env, check=True)
    return env


def wait_until_ready(port: int) -> None:
    until = time.monotonic() + 60
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def measure(page: Page, requests: int) -> None:
    """Ask for the page, from two clients at once; each of the workers has warmed up before."""
    for _time in range(8):
        ask(page)
    cpu, begun = page.server.cpu(), time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as clients:
        list(clients.map(lambda _number: ask(page), range(requests)))
    page.rate.append(requests / (time.perf_counter() - begun))
    page.cpu.append((page.server.cpu() - cpu) / requests)


def ask(page: Page) -> None:
    client = http.client.HTTPConnection("127.0.0.1", page.server.port, timeout=20)
    client.request("GET", page.address, headers={"Host": "localhost", "Accept-Encoding": "gzip"})
    answer = client.getresponse()
    answer.read()
    client.close()
    if answer.status != page.status:
        raise SystemExit(f"{page.address} answers {answer.status}")


def report(pages: list[Page]) -> int:
    """1 where a target is missed."""
    hello, missed = pages[0], []
    print(f"{'':18} {'CPU':>9} {'ratio':>7} {'a second':>9} {'ratio':>7}  target")
    for page in pages:
        cpu, rate = statistics.median(page.cpu), statistics.median(page.rate)
        ratio, slower = cpu / statistics.median(hello.cpu), statistics.median(hello.rate) / rate
        target = TARGETS.get(page.name)
        if target and ratio > target:
            missed.append(page.name)
        words = f"≤ {target}×{' MISSED' if page.name in missed else ''}" if target else ""
        print(f"{page.name:18} {cpu * 1000:6.2f} ms {ratio:6.1f}× {rate:9.0f} {slower:6.1f}×  {words}")
    return 1 if missed else 0


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _seconds(pid: int) -> float:
    """The process's CPU time, user and system."""
    numbers = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(numbers[11]) + int(numbers[12])) / TICK


def _database_processes() -> list[int]:
    """Those that serve the portal, where the database runs on this machine."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        pids = [pid for (pid,) in cursor.fetchall()]
    return [pid for pid in pids if _is_postgres(pid)]


def _is_postgres(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip().startswith("postgres")
    except OSError:
        return False


if __name__ == "__main__":
    sys.exit(main())
