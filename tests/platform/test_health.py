import pytest
from django.db import OperationalError

from apps.audit.models import Record
from apps.outbox.models import Event
from cicpa_portal import health


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
