"""What the launcher decides before it starts anything, and what it says when it cannot go on."""

import json
import os
import socket
import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from launcher import probe, system_packages
from launcher.checks import checks
from launcher.installation import Installation
from launcher.lock import data_folder_lock
from launcher.progress import Trouble
from launcher.running import require_free_port
from launcher.welcome import welcome


@pytest.fixture
def installation(tmp_path, monkeypatch):
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "PORT", "PORTAL_MODE", "PORTAL_PUBLIC_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PORTAL_DATA", str(tmp_path / "data"))
    return Installation.from_environment()


def test_port_in_use_is_named_with_the_variable_that_changes_it(installation):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        installation.port = other.getsockname()[1]

        with pytest.raises(Trouble, match=rf"Port {installation.port} is in use.*PORT={installation.port + 1} bin/run"):
            require_free_port(installation)


def test_port_that_is_no_number_is_refused_with_an_example(monkeypatch):
    monkeypatch.setenv("PORT", "http")

    with pytest.raises(Trouble, match=r"PORT is 'http'.*PORT=8000"):
        Installation.from_environment()


def test_owner_password_reaches_only_those_who_act_as_owner(installation):
    installation.database_url, installation.owner_url = "postgres://app", "postgres://owner"

    assert "DATABASE_OWNER_URL" not in installation.environment()
    assert installation.environment(as_owner=True)["DATABASE_OWNER_URL"] == "postgres://owner"


def test_state_of_a_dead_launcher_counts_for_nothing(installation):
    installation.make_folders()
    installation.write_state(pid=2**22 - 1)

    assert installation.running() is None
    assert (installation.data / "running.json").stat().st_mode & 0o077 == 0


def test_data_folder_belongs_to_one_launcher_at_a_time(installation, monkeypatch):
    with data_folder_lock(installation):
        monkeypatch.setattr(Installation, "running", lambda self: {"pid": 42, "port": 8000})

        with (
            pytest.raises(Trouble, match=r"already runs from .*process 42.*http://localhost:8000/"),
            data_folder_lock(installation),
        ):
            pass


def test_missing_system_packages_are_one_line_to_run_where_we_are_not_root(monkeypatch):
    monkeypatch.setattr(system_packages, "_installed", lambda: {"python3-venv"})
    monkeypatch.setattr(system_packages.shutil, "which", lambda name: name)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)

    with pytest.raises(Trouble, match=r"sudo apt-get install -y --no-install-recommends libmagic1$"):
        system_packages.require_system_packages(("python3-venv", "libmagic1"))


def test_package_that_another_provides_is_not_missing(monkeypatch):
    listed = "installed libmagic1t64 libmagic1 (= 1:5.45-3)\nconfig-files qpdf \n"
    monkeypatch.setattr(
        subprocess, "run", lambda *args, **options: subprocess.CompletedProcess(args, 0, stdout=listed, stderr="")
    )

    assert system_packages._installed() == {"libmagic1t64", "libmagic1"}


def test_welcome_tells_how_to_be_everybody(installation):
    installation.make_folders()
    account = {"role": "reviewer", "association": "330000", "email": "a@example.org", "password": "p-1"}
    passer = {"name": "王𠮷", "identity_number": "33", "certificate_number": "QZ1", "certificate_on": "2026-01-02"}
    (installation.data / "demo-accounts.json").write_text(json.dumps({"accounts": [account], "passers": [passer]}))

    words = welcome(installation, 12.3)

    for expected in ("http://localhost:8000/", "a@example.org", "p-1", "demo_code", "王𠮷", "QZ1", "/demo/mail/"):
        assert expected in words


def test_bin_test_runs_every_kind_of_check(installation):
    class Options:
        slow, pytest = True, []

    names = {check.name for check in checks(Options, installation)}

    assert names >= {"ruff", "format", "floors", "english", "system check", "migrations", "dockerfile", "compose"}
    assert names >= {"tests", "browser tests", "slow tests", "slow browser tests"}


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-dev.txt", "bin/launcher/uv.txt"])
def test_locks_name_hashes_and_no_host(lock):
    text = (settings.BASE_DIR / lock).read_text()

    assert "://" not in text
    pins = [line for line in text.splitlines() if "==" in line and not line.startswith((" ", "#"))]
    assert pins
    assert all(line.rstrip().endswith("\\") for line in pins)


def test_psycopg_3_stays_away():
    """Django would silently prefer it, and the pool settings would no longer mean what they say."""
    assert "\npsycopg==" not in Path(settings.BASE_DIR / "requirements-dev.txt").read_text()


def test_probe_asks_under_the_portal_s_own_name(monkeypatch):
    asked = []
    monkeypatch.setenv("PORTAL_HOSTS", ".example.org, other.example.org")
    monkeypatch.setattr(probe.urllib.request, "urlopen", lambda request, timeout: asked.append(request))

    probe.main()

    assert asked[0].get_header("Host") == "example.org"
