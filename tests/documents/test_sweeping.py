"""Bytes that no row tells of are removed, once no row can come any more, and nothing else is."""

import os
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from apps.core.clock import now as present
from apps.documents.models import StoredFile
from apps.documents.services import files, store_file, sweep_files, sweeping

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files_of_the_test(settings, tmp_path):
    storages = {**settings.STORAGES}
    storages["default"] = {**storages["default"], "OPTIONS": {"location": tmp_path / "files"}}
    settings.STORAGES = storages


def lying(path=None, *, days=2) -> str:
    """A file in the storage that no row tells of."""
    path = default_storage.save(path or files.unguessable_path(), ContentFile(b"bytes"))
    moment = (present() - timedelta(days=days)).timestamp()
    os.utime(default_storage.path(path), (moment, moment))
    return path


def test_only_what_is_old_and_has_no_row_is_removed():
    kept = store_file(content=b"kept", media_type="text/plain", purpose="test", now=present())
    os.utime(default_storage.path(kept.path), (0, 0))
    left, young, strange = lying(), lying(days=0), lying("ab/README")
    assert sweep_files(now=present()) == 1
    assert not default_storage.exists(left)
    assert all(map(default_storage.exists, (kept.path, young, strange)))


def test_nothing_is_there_yet():
    assert sweep_files(now=present()) == 0


def test_where_most_files_have_no_row_the_database_is_another_one_and_all_stay(monkeypatch):
    monkeypatch.setattr(sweeping, "MANY", 2)
    paths = [lying(f"ab/{number:038x}") for number in range(3)]
    assert sweep_files(now=present()) == 0
    assert all(map(default_storage.exists, paths))
    assert not StoredFile.objects.exists()
