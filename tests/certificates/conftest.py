"""Stored files of these tests go into a folder of the test."""

import pytest


@pytest.fixture(autouse=True)
def _files_of_the_test(settings, tmp_path):
    storages = {**settings.STORAGES}
    storages["default"] = {**storages["default"], "OPTIONS": {"location": tmp_path / "files"}}
    settings.STORAGES = storages
