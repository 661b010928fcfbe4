"""bin/test: make ready, then run every check and every test against servers of its own, which it throws away."""

import argparse
import contextlib
import os
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

from launcher.browser import require_browser
from launcher.checks import checks, run_checks
from launcher.installation import Installation
from launcher.postgres import APPLICATION, OWNER, Postgres
from launcher.processes import free_port
from launcher.progress import elapsed, say
from launcher.python_packages import require_python_packages
from launcher.system_packages import TO_RUN, TO_TEST, require_system_packages
from launcher.valkey import Valkey


def test(arguments: list[str]) -> int:
    """0 only if every check passed."""
    options = _parse(arguments)
    signal.signal(signal.SIGTERM, _as_interrupt)
    require_system_packages(TO_RUN + TO_TEST)
    require_python_packages("requirements-dev.txt")
    if not options.only or any("browser" in name for name in options.only):
        require_browser()
    with throwaway_servers() as installation:
        results = run_checks(checks(options, installation), only=options.only)
    failed = [name for name, passed in results.items() if not passed]
    say(f"\nAll of it took {elapsed():.0f} s." + (f" Failed: {', '.join(failed)}." if failed else ""))
    print(f"checks: {len(results) - len(failed)} passed, {len(failed)} failed", flush=True)
    return 1 if failed or not results else 0


def _parse(arguments: list[str]):
    parser = argparse.ArgumentParser(prog="bin/test", description=__doc__)
    parser.add_argument("--slow", action="store_true", help="the slow tests too")
    parser.add_argument("--only", metavar="NAME,…", default="", help="only these checks, for example --only ruff,tests")
    parser.add_argument("pytest", nargs="*", help="after --: arguments for pytest, which then runs alone")
    own, _, for_pytest = _split(arguments)
    options = parser.parse_args(own)
    options.pytest = for_pytest
    options.only = [name for name in options.only.split(",") if name] or (["tests"] if for_pytest else [])
    options.slow = options.slow or any("slow" in name for name in options.only)
    return options


def _split(arguments: list[str]):
    place = arguments.index("--") if "--" in arguments else len(arguments)
    return arguments[:place], "--", arguments[place + 1 :]


@contextlib.contextmanager
def throwaway_servers() -> Iterator[Installation]:
    """A database (fast, careless of power cuts) and a broker on free ports, in a folder that goes away."""
    with tempfile.TemporaryDirectory(prefix="portal-test-") as folder, contextlib.ExitStack() as stack:
        data = Path(folder)
        data.chmod(0o711)
        (data / "static").mkdir()
        installation = Installation(data, "test", 8000, "127.0.0.1", "", "", "")
        installation.make_folders()
        postgres = Postgres(installation, port=free_port(), throwaway=True)
        valkey = Valkey(installation, port=free_port())
        for server in (postgres, valkey):
            stack.callback(server.stop)
            server.start()
        installation.database_url = installation.owner_url = postgres.url(OWNER)
        installation.redis_url = valkey.url
        os.environ["PORTAL_TEST_APPLICATION_URL"] = postgres.url(APPLICATION)
        yield installation


def _as_interrupt(number, frame):
    raise KeyboardInterrupt
