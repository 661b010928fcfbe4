"""Several people at once, each in a thread with an own connection. Needs `django_db(transaction=True)`."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from apps.core.errors import PortalError


@pytest.fixture
def quiet_worker(monkeypatch):
    """What follows a decision is other tests' matter."""
    monkeypatch.setattr("apps.outbox.services._wake_worker", lambda **_: None)


def together(acts, workers=20):
    """Run the acts; what each returned, or the error that it politely raised."""

    def run(act):
        try:
            return act()
        except PortalError as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(run, acts))


def meet_after(monkeypatch, module, name: str, *, workers: int = 2) -> None:
    """Whoever has done `name` of the module waits there until all the others have done it, too."""
    do, done = getattr(module, name), threading.Barrier(workers)

    def do_and_wait(*args, **kwargs):
        result = do(*args, **kwargs)
        done.wait(timeout=60)
        return result

    monkeypatch.setattr(module, name, do_and_wait)
