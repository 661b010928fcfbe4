"""Making ready: what is unchanged is left alone, and nobody begins before the database is up to date."""

import pytest
from django.core.management import call_command
from django.db.migrations.recorder import MigrationRecorder

from cicpa_portal import prepare


@pytest.fixture
def static(settings, tmp_path):
    sources = tmp_path / "sources"
    sources.mkdir()
    (sources / "page.css").write_text("a {}")
    settings.STATICFILES_DIRS = [sources]
    settings.STATIC_ROOT = tmp_path / "published"
    return sources


def test_static_files_are_published_again_only_when_a_source_changed(static):
    assert prepare._static_files_changed()
    prepare._static_stamp().write_text(prepare._static_fingerprint())
    assert not prepare._static_files_changed()

    (static / "page.css").write_text("a { color: red }")

    assert prepare._static_files_changed()


@pytest.mark.django_db
def test_web_waits_until_every_migration_is_applied():
    assert prepare._is_prepared()

    MigrationRecorder.Migration.objects.filter(app="audit").order_by("-pk").first().delete()

    assert not prepare._is_prepared()


@pytest.mark.django_db
def test_reference_data_and_rights_can_be_repeated(capsys):
    for _ in range(2):
        call_command("load_reference_data")
        call_command("grant_application_role")


def test_waiting_in_vain_ends_with_a_sentence(monkeypatch, capsys):
    monkeypatch.setattr(prepare, "PATIENCE", 0)
    monkeypatch.setattr(prepare.time, "sleep", lambda seconds: None)

    assert prepare._wait(lambda: False, "the database answers") == 1
    assert "in vain until the database answers" in capsys.readouterr().err
