"""A sealed certificate for browser tests."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from apps.outbox import services as outbox
from tests.factories import certificates as factory


@pytest.fixture
def certificate(settings, tmp_path, monkeypatch):
    storages = {**settings.STORAGES}
    storages["default"] = {**storages["default"], "OPTIONS": {"location": tmp_path / "files"}}
    settings.STORAGES = storages
    monkeypatch.setattr(outbox, "_wake_worker", lambda **_: None)
    with ThreadPoolExecutor(max_workers=1) as worker:  # Playwright holds this thread's event loop, signing needs one
        return worker.submit(_make).result()


def _make():
    try:
        return factory.make_certificate()
    finally:
        connection.close()
