"""Workers that die for real, and workers that race."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from apps.certificates.enums import CertificateState
from apps.certificates.models import Certificate
from apps.certificates.services import issue_certificate, issuing
from apps.certificates.services.making import make_sealed_pdf
from apps.core.clock import now as present
from apps.outbox import services as outbox
from apps.outbox.models import Event
from tests.factories import certificates as factory

pytestmark = [pytest.mark.django_db(transaction=True)]
WORKER = Path(__file__).with_name("dying_worker.py")


@pytest.fixture(autouse=True)
def _events_wait(monkeypatch):
    monkeypatch.setattr(outbox, "_wake_worker", lambda: None)


def environment(tmp_path) -> dict:
    database = settings.DATABASES["default"]
    server = f"postgres://{database['USER']}:{database['PASSWORD']}@{database['HOST']}:{database['PORT']}"
    address = f"{server}/{connection.settings_dict['NAME']}"
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "cicpa_portal.settings",
        "DATABASE_URL": address,
        "DATABASE_OWNER_URL": address,
        "PORTAL_DATA": str(tmp_path),
        "PYTHONPATH": str(settings.BASE_DIR),
    }


def one_in_force(membership) -> Certificate:
    certificate = Certificate.objects.get(membership=membership)
    assert certificate.state == CertificateState.ISSUED
    assert Event.objects.filter(name="certificate.issued").count() == 1
    return certificate


@pytest.mark.slow
@pytest.mark.parametrize(
    "place", ["make_sealed_pdf", "write_next_revision", "complete_certificate", "_tell", "enqueue", "end"]
)
def test_killed_process_leaves_one_certificate_after_a_repeat(place, tmp_path):
    membership = factory.make_certifiable_member()
    worker = subprocess.run(
        [sys.executable, str(WORKER), str(membership.pk), place], env=environment(tmp_path), check=False
    )
    assert worker.returncode == -9
    issue_certificate(membership.pk, now=present())
    one_in_force(membership)


def test_two_workers_at_once_make_one_certificate(monkeypatch):
    """Both have drawn and sealed the page when they come to keep it: only one of them may."""
    membership = factory.make_certifiable_member()
    drawn, issued = threading.Barrier(2), []

    def draw_and_wait(certificate, *, now):
        sealed = make_sealed_pdf(certificate, now=now)
        drawn.wait(timeout=60)
        return sealed

    def work():
        issued.append(issue_certificate(membership.pk, now=present()).code)
        connection.close()

    monkeypatch.setattr(issuing, "make_sealed_pdf", draw_and_wait)
    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert issued == [one_in_force(membership).code] * 2
