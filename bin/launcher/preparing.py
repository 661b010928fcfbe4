"""What happens between a started database and the first page, as one process of Django."""

import subprocess

from launcher.installation import Installation
from launcher.progress import Trouble
from launcher.python_packages import PYTHON, ROOT


def prepare_portal(installation: Installation) -> None:
    """Migrations as the owner, the application's rights, reference data, words, static files."""
    _run([], installation.environment(as_owner=True))


def load_demo(installation: Installation) -> None:
    """The demo's people, with the application's rights and no more, while the first visitors may already look."""
    _run(["--demo-only"], installation.environment())


def _run(options: list[str], environment: dict[str, str]) -> None:
    command = [str(PYTHON), "-m", "cicpa_portal.prepare", *options]
    done = subprocess.run(command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL)
    if done.returncode:
        raise Trouble("The portal could not be made ready; the lines above say why.")
