"""One launcher for each data folder; the kernel takes the lock back however the launcher ends."""

import contextlib
import fcntl
import time
from collections.abc import Iterator

from launcher.installation import Installation
from launcher.progress import Trouble, say


@contextlib.contextmanager
def data_folder_lock(installation: Installation) -> Iterator[None]:
    """Raises Trouble if the portal already runs from this folder; waits for a short command that is using it."""
    installation.make_folders()
    with (installation.data / "launcher.lock").open("w") as file:
        deadline = time.monotonic() + 60
        waiting = False
        while not _try(file):
            refuse_if_running(installation)
            if time.monotonic() > deadline:
                raise Trouble(
                    f"Another command of the portal has been using {installation.data} for a minute. Try again later."
                )
            waiting = waiting or say("  Another command is using the data folder; waiting for it.") or True
            time.sleep(0.2)
        yield


def refuse_if_running(installation: Installation) -> None:
    if state := installation.running():
        raise Trouble(
            f"The portal already runs from {installation.data} "
            f"(process {state['pid']}): http://localhost:{state['port']}/\n"
            "Stop that one with Ctrl-C, or give this one its own PORTAL_DATA and PORT."
        )


def _try(file) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
