"""Production refuses to start with anything that would be a mistake, in a sentence that says how to mend it."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

from cicpa_portal.secrets import make_missing_secrets


@pytest.fixture
def keys(tmp_path):
    make_missing_secrets(tmp_path / "keys", specimen=False)
    return tmp_path / "keys"


def start(keys, **changes):
    """Read the settings as a production process would; an empty value takes a variable away."""
    environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ} | {
        "PORTAL_MODE": "production",
        "PORTAL_SECRETS": str(keys),
        "PORTAL_HOSTS": "members.example.org",
        "PORTAL_PUBLIC_URL": "https://members.example.org",
        "DATABASE_URL": "postgres://portal_app:x@localhost:5432/portal",
        "REDIS_URL": "redis://localhost:6379",
    }
    environment |= changes
    return subprocess.run(
        [sys.executable, "-c", "from django.conf import settings; print(settings.DEBUG, settings.DEMO)"],
        env={"DJANGO_SETTINGS_MODULE": "cicpa_portal.settings"} | {k: v for k, v in environment.items() if v},
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
    )


def test_production_starts_with_everything_in_place(keys):
    done = start(keys)

    assert (done.stdout, done.returncode) == ("False False\n", 0), done.stderr


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"PORTAL_DEBUG": "1"}, "PORTAL_DEBUG"),
        ({"PORTAL_HOSTS": ""}, "PORTAL_HOSTS"),
        ({"DATABASE_URL": ""}, "DATABASE_URL"),
        ({"REDIS_URL": ""}, "REDIS_URL"),
        ({"PORTAL_SECRETS": "/nowhere"}, "secret_key, master_keyset.json, index_keyset.json"),
    ],
)
def test_production_refuses_and_names_what_is_wrong(keys, changes, sentence):
    done = start(keys, **changes)

    assert done.returncode == 1
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


def test_production_refuses_keys_of_a_demo(tmp_path):
    make_missing_secrets(tmp_path)

    done = start(tmp_path)

    assert done.returncode == 1
    assert "production refuses them" in done.stderr
