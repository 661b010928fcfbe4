"""The portal's own processes: web, two kinds of worker, and exactly one scheduler."""

import os
import signal
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from launcher.installation import Installation
from launcher.processes import spawn, stop
from launcher.python_packages import PYTHON, ROOT


@dataclass
class Service:
    """Something the supervisor starts, watches and stops."""

    name: str
    command: list[str]
    log: Path
    environment: dict[str, str]
    death_signal: int = signal.SIGTERM
    patience: float = 10
    is_ready: Callable[[], bool] = field(default=lambda: True)
    process: object = None

    def launch(self) -> None:
        self.process = spawn(
            self.command, log=self.log, environment=self.environment, death_signal=self.death_signal, cwd=ROOT
        )

    def stop(self) -> None:
        if self.process:
            stop(self.process, patience=self.patience)


def web(installation: Installation) -> Service:
    command = [str(PYTHON), "-m", "gunicorn", "--config", "python:cicpa_portal.webserver"]
    command += ["--bind", f"{installation.host}:{installation.port}"]
    return Service(
        "web",
        command,
        installation.logs / "web.log",
        installation.environment(),
        death_signal=signal.SIGQUIT,
        is_ready=lambda: answers(installation, "/healthz"),
    )


def worker(installation: Installation) -> Service:
    """For all work; it steps back before pages and what is urgent where processors are short."""
    concurrency = os.environ.get("PORTAL_WORKER_CONCURRENCY", "1")
    return _worker(installation, "worker", ["nice", "-n", "5"], queues="celery,urgent", concurrency=concurrency)


def urgent_worker(installation: Installation) -> Service:
    """For nothing but what somebody waits for: a letter is made at once, whatever the others are at."""
    return _worker(installation, "urgent-worker", [], queues="urgent", concurrency="2")


def _worker(installation: Installation, name: str, before: list[str], *, queues: str, concurrency: str) -> Service:
    """Killed outright with the launcher: every job is a row and repeatable, and its pool dies with it."""
    command = [*before, *_celery(), "worker", "--queues", queues, "--concurrency", concurrency]
    command += ["--loglevel", "INFO", "--without-gossip", "--without-mingle", "--hostname", f"{name}@%h"]
    ready = installation.data / f"{name}.ready"
    ready.unlink(missing_ok=True)
    return Service(
        name,
        command,
        installation.logs / f"{name}.log",
        installation.environment() | {"PORTAL_READY_FILE": str(ready)},
        death_signal=signal.SIGKILL,
        patience=40,
        is_ready=ready.exists,
    )


def scheduler(installation: Installation) -> Service:
    folder = installation.data / "scheduler"
    folder.mkdir(exist_ok=True)
    command = [*_celery(), "beat", "--loglevel", "INFO", "--schedule", str(folder / "schedule"), "--pidfile", ""]
    return Service("scheduler", command, installation.logs / "scheduler.log", installation.environment())


def _celery() -> list[str]:
    return [str(PYTHON), "-m", "celery", "-A", "cicpa_portal"]


def answers(installation: Installation, path: str) -> bool:
    host = "127.0.0.1" if installation.host == "0.0.0.0" else installation.host
    request = urllib.request.Request(f"http://{host}:{installation.port}{path}", headers={"Host": "localhost"})
    try:
        with urllib.request.urlopen(request, timeout=20) as response:
            return response.status == 200
    except (OSError, urllib.error.URLError):
        return False
