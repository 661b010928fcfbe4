"""The portal's own .venv, exactly as the hashed lock says. Nothing is done while the lock is unchanged."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from launcher.progress import Trouble, step

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
INSTALLER = Path(__file__).with_name("uv.txt")


def require_python_packages(lock_name: str = "requirements.txt") -> None:
    """Make .venv hold exactly what the lock lists, checked by hashes."""
    wanted = _fingerprint(lock_name)
    stamp = VENV / f".{lock_name}.sha256"
    if PYTHON.exists() and stamp.is_file() and stamp.read_text() == wanted:
        return
    if VENV.is_symlink():  # somebody shares one environment between clones and keeps it up to date alone
        return
    if not _runs(PYTHON):
        with step("virtual environment .venv"):
            _create()
    with step(f"Python packages ({lock_name})"):
        _install(lock_name)
    for old in VENV.glob(".requirements*.sha256"):
        old.unlink()
    stamp.write_text(wanted)
    if lock_name != "requirements.txt":  # whoever tests can run as well
        (VENV / ".requirements.txt.sha256").write_text(_fingerprint("requirements.txt"))


def _fingerprint(lock_name: str) -> str:
    content = (ROOT / lock_name).read_bytes() + INSTALLER.read_bytes() + sys.version.encode()
    return hashlib.sha256(content).hexdigest()


def _runs(python: Path) -> bool:
    return python.exists() and subprocess.run([python, "-m", "pip", "--version"], capture_output=True).returncode == 0


def _create() -> None:
    shutil.rmtree(VENV, ignore_errors=True)
    _call("making .venv", [sys.executable, "-m", "venv", str(VENV)])


def _install(lock_name: str) -> None:
    _call("installing uv", [*_pip("install"), "-r", str(INSTALLER)])
    sync = [str(VENV / "bin" / "uv"), "pip", "sync", "--require-hashes", "--only-binary", ":all:", "--quiet"]
    sync += ["--python", str(PYTHON), str(ROOT / lock_name)]
    done = subprocess.run(sync, env=_uv_environment(), stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode:  # pip knows every way to reach an index that this machine may have been told of
        _call("installing the Python packages", [*_pip("install"), "-r", str(ROOT / lock_name)])


def _pip(action: str) -> list[str]:
    return [
        str(PYTHON), "-m", "pip", action, "--quiet", "--disable-pip-version-check",
        "--require-hashes", "--only-binary", ":all:",
    ]  # fmt: skip


def _uv_environment() -> dict[str, str]:
    """uv does not read pip's settings; whoever set a mirror for pip means it for uv too."""
    environment = dict(os.environ)
    index = subprocess.run([PYTHON, "-m", "pip", "config", "get", "global.index-url"], capture_output=True, text=True)
    mirror = os.environ.get("PIP_INDEX_URL") or index.stdout.strip()
    if mirror:
        environment.setdefault("UV_DEFAULT_INDEX", mirror)
    if os.environ.get("PIP_CERT"):
        environment.setdefault("SSL_CERT_FILE", os.environ["PIP_CERT"])
    return environment


def _call(what: str, command: list[str]) -> None:
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode:
        tail = "\n".join((done.stdout + done.stderr).strip().splitlines()[-8:])
        raise Trouble(f"{what.capitalize()} did not succeed. The last words:\n\n{tail}")


def site_packages() -> Path:
    """Where .venv keeps its packages."""
    return next((VENV / "lib").glob("python3*/site-packages"))
