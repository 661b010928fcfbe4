"""Stored files of these tests go into a folder of the test."""

import pytest

from tests.factories import certificates as factory


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
