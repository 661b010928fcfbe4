"""A headless browser for the tests where the system has none to offer: Playwright's own, downloaded once."""

import os
import shutil
import subprocess

from launcher.progress import Trouble, step
from launcher.python_packages import PYTHON


def require_browser() -> None:
    if os.environ.get("PORTAL_CHROMIUM") or shutil.which("chromium-headless-shell") or shutil.which("chromium"):
        return
    with step("browser for the tests"):
        install = [str(PYTHON), "-m", "playwright", "install", "--only-shell", "chromium"]
        install += ["--with-deps"] if os.geteuid() == 0 else []
        done = subprocess.run(install, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode:
        last = "\n".join((done.stdout + done.stderr).strip().splitlines()[-6:])
        raise Trouble(
            "No browser for the tests could be had. Install Chromium and name it in PORTAL_CHROMIUM, "
            f"or leave the browser out: bin/test --only tests\n\n{last}"
        )
