import hashlib

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from apps.core.encryption import create_data_key
from apps.core.errors import DataKeyDestroyed
from apps.documents.models import StoredFile
from apps.documents.services import FileDamaged, file_response, read_file
from tests.factories.documents import make_file

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_storage(settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}},
    }


def test_stored_file_reads_back_with_its_hash_and_size():
    file = StoredFile.objects.get(pk=make_file("证书".encode()).pk)
    assert read_file(file) == "证书".encode()
    assert (file.size, file.sha256) == (6, hashlib.sha256("证书".encode()).hexdigest())


def test_sealed_file_shows_nothing_of_its_content_on_disk():
    file = make_file(b"a face", data_key=create_data_key())
    assert b"a face" not in default_storage.open(file.path).read()
    assert read_file(file) == b"a face"


def test_sealed_file_is_gone_when_the_key_is_destroyed():
    file = make_file(b"a face", data_key=create_data_key())
    file.data_key.wrapped = None
    with pytest.raises(DataKeyDestroyed):
        read_file(file)


def test_changed_or_missing_bytes_are_noticed():
    file = make_file(b"%PDF original")
    default_storage.delete(file.path)
    with pytest.raises(FileDamaged):
        read_file(file)
    default_storage.save(file.path, ContentFile(b"%PDF forged"))
    with pytest.raises(FileDamaged):
        read_file(file)


def test_two_files_never_share_a_name_and_names_say_nothing():
    paths = {make_file().path for _ in range(20)}
    assert len(paths) == 20
    assert all(len(path) == 41 for path in paths)


def test_database_refuses_an_empty_file_and_a_hash_of_the_wrong_shape():
    file = make_file()
    for change in ({"size": 0}, {"sha256": "x" * 64}):
        with pytest.raises(IntegrityError), transaction.atomic():
            StoredFile.objects.filter(pk=file.pk).update(**change)


def test_download_is_private_and_carries_a_chinese_name():
    response = file_response(make_file(b"x", "application/pdf"), "会员证.pdf")
    assert b"".join(response) == b"x"
    assert response["Cache-Control"] == "private, no-store"
    assert "attachment" in response["Content-Disposition"]
    assert "%E4%BC%9A" in response["Content-Disposition"]
