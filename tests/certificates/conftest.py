"""Stored files of these tests go into a folder of the test."""

import pytest

from apps.certificates.services.runs import asking, work
from apps.outbox import services as outbox
from tests.factories import certificates as factory
from tests.support.certificate_runs import NOW


@pytest.fixture(autouse=True)
def _files_of_the_test(settings, tmp_path):
    storages = {**settings.STORAGES}
    storages["default"] = {**storages["default"], "OPTIONS": {"location": tmp_path / "files"}}
    settings.STORAGES = storages


@pytest.fixture
def drawn_quickly(monkeypatch):
    """For tests of what happens around the file: the page is not drawn and not sealed."""
    monkeypatch.setattr(
        "apps.certificates.services.issuing.make_sealed_pdf",
        lambda certificate, *, now, **_how: factory.unsealed(f"%PDF of {certificate.code} at {now}".encode(), now=now),
    )


@pytest.fixture
def nobody_wakes(monkeypatch):
    """Work is done where the test says so."""
    monkeypatch.setattr(outbox, "_wake_worker", lambda **_: None)
    for place in (asking, work):
        monkeypatch.setattr(place, "wake_worker", lambda: None)


@pytest.fixture
def members():
    return [factory.make_certificate(now=NOW).membership for _ in range(5)]
