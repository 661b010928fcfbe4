import pytest
from django.db import OperationalError

from apps.audit.models import Record
from apps.certificates.models import RegisteredSealKey
from apps.certificates.services import seal_document
from apps.certificates.services.page import render_certificate, seal_boxes
from apps.certificates.services.seal_keys import seal_key
from apps.certificates.services.seal_register import register_seal_key
from apps.outbox.models import Event
from cicpa_portal import health
from tests.factories import certificates


def test_healthz_answers_anybody_without_the_database(client):
    answer = client.get("/healthz")

    assert answer.status_code == 200
    assert answer.json() == {"status": "alive"}


@pytest.mark.django_db
def test_readyz_writes_and_leaves_nothing_behind(client):
    Event.objects.all().delete()

    answer = client.get("/readyz")

    assert answer.status_code == 200
    assert answer.json()["status"] == "ready"
    assert answer.json()["outbox"] == {"waiting": 0, "dead": 0, "oldest_seconds": 0}
    assert not Record.objects.filter(action="portal.checked").exists()


@pytest.mark.django_db
def test_readyz_says_audit_lock_off_when_connected_as_the_owner(client):
    assert client.get("/readyz").json()["audit"] == "audit lock off"


@pytest.mark.django_db
def test_readyz_refuses_traffic_when_the_database_cannot_be_written(client, monkeypatch):
    def refuse(*args, **kwargs):
        raise OperationalError("read only")

    monkeypatch.setattr(health, "record", refuse)

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json() == {"status": "not ready", "database": "failed", "broker": "ok"}


def test_readyz_refuses_traffic_when_the_broker_is_gone(client, monkeypatch, settings, db):
    settings.CELERY_TASK_ALWAYS_EAGER = False
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json()["broker"] == "failed"


@pytest.fixture
def seals(settings, tmp_path):
    settings.SEALS_DIR = tmp_path / "seals"
    certificates.seal_keys()
    return settings.SEALS_DIR


@pytest.mark.django_db
def test_readyz_really_signs(client, seals):
    assert client.get("/readyz").json()["seal"] == "ok"
    (seals / "000000.p12").write_bytes(b"damaged")
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["seal"] == "failed"


@pytest.mark.django_db
def test_readyz_refuses_traffic_with_a_key_that_is_out_of_use(client, seals):
    register_seal_key(seal_key("000000"), now=certificates.KEYS_MADE)
    assert client.get("/readyz").json()["seal"] == "ok"
    RegisteredSealKey.objects.update(state="retired", retired_at=certificates.KEYS_MADE)
    assert client.get("/readyz").json()["seal"] == "failed"


@pytest.mark.django_db
def test_readyz_fails_without_a_key_in_production_only(client, settings, tmp_path):
    settings.SEALS_DIR = tmp_path
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["seal"]) == (200, "no key yet")
    settings.PRODUCTION = True
    assert client.get("/readyz").json()["seal"] == "failed"


@pytest.mark.django_db
def test_missing_stamp_is_told_and_takes_nothing_out_of_service(client, seals, settings):
    settings.STAMP_URL = ""
    page = render_certificate(certificates.statement(), certificates.portrait(), [certificates.NATIONAL], specimen=True)
    seal_document(page, [("000000", seal_boxes(1)[0])], purpose="letter", reason="x", now=certificates.KEYS_MADE)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["waiting_for_stamp"]) == (200, 1)
