"""Starting and stopping child processes so that none of them outlives the one who started it."""

import contextlib
import ctypes
import os
import pwd
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from launcher.progress import Trouble

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True)


def spawn(
    command: list[str],
    *,
    log: Path,
    environment: dict[str, str] | None = None,
    death_signal: int = signal.SIGTERM,
    account: pwd.struct_passwd | None = None,
    cwd: Path | None = None,
) -> subprocess.Popen:
    """Start a service in its own session, its words appended to `log`.

    The kernel sends it `death_signal` when the launcher dies, however it dies.
    """
    parent = os.getpid()

    def before_exec():
        _libc.prctl(PR_SET_PDEATHSIG, death_signal)
        if os.getppid() != parent:  # the launcher died between fork and prctl
            os._exit(1)

    with log.open("ab") as words:
        return subprocess.Popen(
            command,
            env=environment,
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            stdout=words,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=before_exec,
            **as_account(account),
        )


def as_account(account: pwd.struct_passwd | None) -> dict:
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if account else {}


def stop(process: subprocess.Popen, *, with_signal: int = signal.SIGTERM, patience: float = 10) -> None:
    """Ask the process to end, wait, then take away whatever is left of its session."""
    if process.poll() is None:
        process.send_signal(with_signal)
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(5)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)


def wait_until(
    is_ready: Callable[[], bool], *, process: subprocess.Popen, name: str, log: Path, patience: float
) -> None:
    """Raises Trouble with the log's last lines if the process dies or is not ready in time."""
    deadline = time.monotonic() + patience
    while not is_ready():
        if process.poll() is not None:
            raise Trouble(f"{name} stopped right after its start. The end of {log}:\n\n{tail_of(log)}")
        if time.monotonic() > deadline:
            raise Trouble(f"{name} did not become ready in {patience:.0f} s. The end of {log}:\n\n{tail_of(log)}")
        time.sleep(0.05)


def tail_of(log: Path, lines: int = 12) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:]) if log.exists() else ""


def port_is_free(port: int, host: str = "127.0.0.1") -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
