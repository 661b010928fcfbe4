"""Several people at once, each in a thread with an own connection. Needs `django_db(transaction=True)`."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from apps.core.errors import PortalError


@pytest.fixture
def quiet_worker(monkeypatch):
    """What follows a decision is other tests' matter."""
    monkeypatch.setattr("apps.outbox.services._wake_worker", lambda: None)


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
