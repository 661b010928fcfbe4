"""Stored files of these tests go into a folder of the test."""

import pytest

from tests.support.desk import desk  # noqa: F401


@pytest.fixture(autouse=True)
def _files_of_the_test(settings, tmp_path):
    storages = {**settings.STORAGES}
    storages["default"] = {**storages["default"], "OPTIONS": {"location": tmp_path / "files"}}
    settings.STORAGES = storages


@pytest.fixture
def drawn_quickly(monkeypatch):
    """For tests of what happens around the file: the page is not drawn and not sealed."""
    from apps.certificates.enums import SealLevel
    from apps.certificates.services.seal_keys import seal_key
    from apps.certificates.services.sealing import SealedPdf
    from tests.factories.letters import national_key

    national_key()

    def drawn(letter, *, now):
        content = f"%PDF of {letter.reference} at {now}".encode()
        return SealedPdf(content, (seal_key("000000"),), now, SealLevel.BASIC, SealLevel.BASIC)

    monkeypatch.setattr("apps.letters.services.issuing.make_sealed_letter", drawn)
