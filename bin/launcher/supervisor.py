"""Watches what was started, starts again what died, and stops everything in the opposite order."""

import contextlib
import os
import signal
import time

from launcher.processes import wait_until
from launcher.progress import say

LONGEST_PAUSE = 30.0
STEADY_AFTER = 60.0
"""A service that has lived this long is forgiven its earlier deaths."""


class Supervisor:
    """`services` in the order of their start; each has name, log, process, launch(), stop() and is_ready()."""

    def __init__(self, already_running=()):
        self.services = list(already_running)
        self._launched_at = {service.name: time.monotonic() for service in self.services}
        self._deaths: dict[str, int] = {}
        self._due: dict[str, float] = {}
        self._stopping = False

    def start(self, service, *, patience: float = 60) -> None:
        """Returns when the service is ready. Raises Trouble if it dies first."""
        self.services.append(service)
        self._launch(service)
        wait_until(service.is_ready, process=service.process, name=service.name, log=service.log, patience=patience)

    def watch(self) -> None:
        """Returns when somebody asks for the end: Ctrl-C or SIGTERM."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._ask_to_stop)
        while not self._stopping:
            for service in self.services:
                self._look_after(service)
            time.sleep(0.25)

    def stop(self) -> None:
        """In the opposite order, so that nobody loses a server it still needs."""
        _ignore_signals()
        for service in reversed(self.services):
            service.stop()
            say(f"  {service.name} stopped")

    def _ask_to_stop(self, number, frame) -> None:
        self._stopping = True

    def _look_after(self, service) -> None:
        now = time.monotonic()
        if service.name in self._due:
            if now >= self._due[service.name]:
                self._launch(service)
        elif service.process.poll() is not None:
            self._plan_restart(service, now)

    def _plan_restart(self, service, now: float) -> None:
        with contextlib.suppress(ProcessLookupError):  # children of the dead one would hold its port
            os.killpg(service.process.pid, signal.SIGKILL)
        lived = now - self._launched_at[service.name]
        deaths = 0 if lived > STEADY_AFTER else self._deaths.get(service.name, 0)
        pause = min(LONGEST_PAUSE, 2.0**deaths)
        self._deaths[service.name] = deaths + 1
        self._due[service.name] = now + pause
        say(
            f"  {service.name} ended ({_reason(service.process.returncode)}), "
            f"starting again in {pause:.0f} s; see {service.log}"
        )

    def _launch(self, service) -> None:
        self._due.pop(service.name, None)
        self._launched_at[service.name] = time.monotonic()
        service.launch()


def _ignore_signals() -> None:
    """A second Ctrl-C does not tear the ending apart."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


def _reason(code: int) -> str:
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit status {code}"
