"""bin/run: from a bare machine to a running portal."""

import argparse
import os
import signal

from launcher.installation import Installation
from launcher.lock import data_folder_lock, refuse_if_running
from launcher.preparing import load_demo, prepare_portal
from launcher.processes import port_is_free
from launcher.progress import Trouble, elapsed, say, step
from launcher.python_packages import require_python_packages
from launcher.servers import servers
from launcher.services import answers, scheduler, urgent_worker, web, worker
from launcher.supervisor import Supervisor
from launcher.system_packages import TO_RUN, require_system_packages
from launcher.welcome import welcome


def run(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="bin/run", description="Make ready whatever is missing, then run the portal until Ctrl-C."
    )
    parser.add_argument("--prepare-only", action="store_true", help="make everything ready, then stop")
    options = parser.parse_args(arguments)
    installation = Installation.from_environment()
    signal.signal(signal.SIGTERM, _as_interrupt)
    say("CICPA membership portal")
    refuse_if_running(installation)
    require_free_port(installation)
    require_system_packages(TO_RUN)
    require_python_packages()
    with data_folder_lock(installation):
        return _run(installation, options)


def _run(installation: Installation, options) -> int:
    with servers(installation) as started:
        prepare_portal(installation)
        if options.prepare_only:
            return 0
        supervisor = Supervisor(started)
        try:
            _start(installation, supervisor)
            supervisor.watch()
            say("\nStopping …")
        finally:
            installation.forget_state()
            supervisor.stop()
    return 0


def _start(installation: Installation, supervisor: Supervisor) -> None:
    with step("web"):
        supervisor.start(web(installation))
        answers(installation, "/")
    say(f"  first page after {elapsed():.0f} s: {installation.public_url}/")
    if installation.mode == "demo":
        load_demo(installation)
    with step("workers and scheduler"):
        supervisor.start(urgent_worker(installation))
        supervisor.start(worker(installation))
        supervisor.start(scheduler(installation))
    installation.write_state(os.getpid())
    say(welcome(installation, elapsed()))


def require_free_port(installation: Installation) -> None:
    if not port_is_free(installation.port, installation.host):
        raise Trouble(
            f"Port {installation.port} is in use by another program. "
            f"Choose another one with PORT, for example: PORT={installation.port + 1} bin/run"
        )


def _as_interrupt(number, frame):
    raise KeyboardInterrupt
