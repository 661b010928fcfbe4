"""Where this installation keeps its things and how its parts reach each other, read once from the environment."""

import json
import os
from dataclasses import dataclass, field
from pathlib import Path

from launcher.processes import is_alive
from launcher.progress import Trouble
from launcher.python_packages import ROOT

STATE = "running.json"


@dataclass
class Installation:
    """`database_url`, `owner_url` and `redis_url` are empty until a server of ours stands behind them."""

    data: Path
    mode: str
    port: int
    host: str
    database_url: str
    owner_url: str
    redis_url: str
    settings: dict[str, str] = field(default_factory=dict)

    @classmethod
    def from_environment(cls) -> "Installation":
        asked = os.environ.get
        return cls(
            data=Path(asked("PORTAL_DATA") or ROOT / "var").resolve(),
            mode=asked("PORTAL_MODE") or "demo",
            port=port_from("PORT", 8000),
            host=asked("PORTAL_BIND") or "127.0.0.1",
            database_url=asked("DATABASE_URL") or "",
            owner_url=asked("DATABASE_OWNER_URL") or asked("DATABASE_URL") or "",
            redis_url=asked("REDIS_URL") or "",
        )

    @property
    def logs(self) -> Path:
        return self.data / "log"

    @property
    def public_url(self) -> str:
        return os.environ.get("PORTAL_PUBLIC_URL") or f"http://localhost:{self.port}"

    def make_folders(self) -> None:
        try:
            self.data.mkdir(parents=True, exist_ok=True)
            self.logs.mkdir(exist_ok=True)
        except OSError as error:
            raise Trouble(
                f"The data folder {self.data} cannot be made ({error.strerror}). PORTAL_DATA names another."
            ) from error

    def environment(self, *, as_owner: bool = False) -> dict[str, str]:
        """What Django's settings read. The owner's password goes only to those who act as the owner."""
        values = dict(os.environ)
        for name in ("DATABASE_OWNER_URL", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE"):
            values.pop(name, None)
        values |= {
            "PORTAL_MODE": self.mode,
            "PORTAL_DATA": str(self.data),
            "PORTAL_PUBLIC_URL": self.public_url,
            "DATABASE_URL": self.database_url,
            "REDIS_URL": self.redis_url,
            "PYTHONUNBUFFERED": "1",
        }
        if as_owner:
            values |= {"PORTAL_AS_OWNER": "1", "DATABASE_OWNER_URL": self.owner_url}
        return values

    def write_state(self, pid: int) -> None:
        """So that bin/manage finds the servers of a running portal."""
        path = self.data / STATE
        state = {
            "pid": pid,
            "port": self.port,
            "database_url": self.database_url,
            "owner_url": self.owner_url,
            "redis_url": self.redis_url,
        }
        path.unlink(missing_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            json.dump(state, file)

    def forget_state(self) -> None:
        (self.data / STATE).unlink(missing_ok=True)

    def running(self) -> dict | None:
        """The state of the portal that runs from this data folder, or None."""
        try:
            state = json.loads((self.data / STATE).read_text())
        except (OSError, ValueError):
            return None
        return state if is_launcher(state["pid"]) else None


def is_launcher(pid: int) -> bool:
    """Whether the process is one of ours and not a stranger that was given the number again."""
    try:
        return b"launcher" in Path(f"/proc/{pid}/cmdline").read_bytes() and is_alive(pid)
    except OSError:
        return False


def port_from(variable: str, default: int) -> int:
    text = os.environ.get(variable) or str(default)
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise Trouble(
            f"{variable} is {text!r}; it must be a port number between 1 and 65535, for example {variable}={default}."
        )
    return int(text)
