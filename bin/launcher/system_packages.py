"""What must come from the system: Pango and fonts for documents, and for tests a browser. Debian and Ubuntu."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from launcher.progress import Trouble, say, step

TO_RUN = (
    "python3-venv",
    "libpango-1.0-0",
    "libpangoft2-1.0-0",
    "libharfbuzz-subset0",
    "fonts-noto-cjk",
    "fonts-hanazono",
)
TO_TEST = ("chromium-headless-shell", "firefox-esr", "poppler-utils", "qpdf", "softhsm2")
BROWSERS = {"chromium-headless-shell": ("PORTAL_CHROMIUM", "chromium"), "firefox-esr": ("PORTAL_FIREFOX", "firefox")}
"""What replaces each of them. Ubuntu has neither as a package: there the tests take Playwright's own Chromium."""


def require_system_packages(names: tuple[str, ...]) -> None:
    """Install what is missing where we are root; otherwise say the line that does. If all is there apt is not asked."""
    if not shutil.which("dpkg-query"):
        say(f"  Not a Debian or Ubuntu: make sure that the equivalents of {', '.join(names)} are installed.")
        return
    missing = _missing(names)
    if not missing:
        return
    if os.geteuid() != 0:
        line = f"sudo apt-get install -y --no-install-recommends {' '.join(missing)}"
        raise Trouble(f"Some system packages are missing. Please run this line, then start again:\n\n    {line}")
    with step(f"system packages: {' '.join(missing)}"):
        _apt("update")
        _apt("install", "-y", "--no-install-recommends", *missing)


def _missing(names) -> list[str]:
    there = _installed()
    return [name for name in names if name not in there and (name not in BROWSERS or _needs_browser(name))]


def _needs_browser(name: str) -> bool:
    variable, other = BROWSERS[name]
    if os.environ.get(variable) or shutil.which(other):
        return False
    return "Ubuntu" not in Path("/etc/os-release").read_text(encoding="utf-8")


def _installed() -> set[str]:
    """Installed packages and what they provide: on newer systems some have other names."""
    query = ["dpkg-query", "-W", "-f=${db:Status-Status} ${Package} ${Provides}\n"]
    lines = subprocess.run(query, capture_output=True, text=True, check=True).stdout.splitlines()
    rows = [line for line in lines if line.startswith("installed ")]
    return {name for line in rows for name in re.sub(r"\([^)]*\)", "", line).replace(",", " ").split()[1:]}


def _apt(*arguments: str) -> None:
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(
        ["apt-get", "-q", *arguments], env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True
    )
    if done.returncode:
        tail = "\n".join((done.stdout + done.stderr).strip().splitlines()[-8:])
        raise Trouble(f"apt-get {arguments[0]} did not succeed. Its last words:\n\n{tail}")
