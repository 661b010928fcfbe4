"""What happens between a started database and the first page, as one process of Django."""

import subprocess

from launcher.installation import Installation
from launcher.progress import Trouble
from launcher.python_packages import PYTHON, ROOT


def prepare_portal(installation: Installation) -> None:
    """Migrations as the owner, the application's rights, reference data, words, static files, demo data."""
    done = subprocess.run(
        [str(PYTHON), "-m", "cicpa_portal.prepare"],
        cwd=ROOT,
        env=installation.environment(as_owner=True),
        stdin=subprocess.DEVNULL,
    )
    if done.returncode:
        raise Trouble("The portal could not be made ready; the lines above say why.")
