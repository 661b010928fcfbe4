"""The supervisor: what dies is started again, what is stopped is gone, and nothing outlives it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings
from launcher.processes import is_alive, spawn, stop
from launcher.progress import Trouble
from launcher.services import Service
from launcher.supervisor import Supervisor


def wait_for(condition, patience=10):
    deadline = time.monotonic() + patience
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


@pytest.fixture
def make_service(tmp_path):
    made = []

    def make(name="sleeper", command=("sleep", "600"), **changes):
        made.append(Service(name, list(command), tmp_path / f"{name}.log", dict(os.environ), **changes))
        return made[-1]

    yield make
    for service in made:
        service.stop()


def test_dead_service_is_started_again_after_a_pause(make_service, monkeypatch, capsys):
    service = make_service()
    supervisor = Supervisor()
    supervisor.start(service)
    first = service.process
    first.kill()
    first.wait()

    supervisor._look_after(service)
    assert service.process is first, "not at once"
    assert "SIGKILL" in capsys.readouterr().err
    supervisor._due[service.name] = 0
    supervisor._look_after(service)

    assert service.process is not first
    assert service.process.poll() is None


def test_pauses_grow_while_a_service_keeps_dying(make_service, capsys):
    service = make_service(command=("true",))
    supervisor = Supervisor()
    supervisor.services.append(service)
    pauses = []
    for _ in range(7):
        supervisor._launch(service)
        service.process.wait()
        supervisor._look_after(service)
        pauses.append(supervisor._due[service.name] - time.monotonic())

    assert [round(pause) for pause in pauses] == [1, 2, 4, 8, 16, 30, 30]


def test_start_refuses_and_shows_the_log_when_a_service_dies_first(make_service):
    service = make_service(command=("sh", "-c", "echo no disk left; exit 3"), is_ready=lambda: False)

    with pytest.raises(Trouble, match="no disk left"):
        Supervisor().start(service)


def test_stop_takes_away_grandchildren_too(tmp_path):
    script = "import subprocess, time; print(subprocess.Popen(['sleep', '600']).pid, flush=True); time.sleep(600)"
    process = spawn([sys.executable, "-c", script], log=tmp_path / "log", environment=dict(os.environ))
    wait_for(lambda: (tmp_path / "log").read_text().strip())
    grandchild = int((tmp_path / "log").read_text())

    stop(process)

    wait_for(lambda: not is_alive(grandchild) or _is_zombie(grandchild))
    assert process.poll() is not None


def test_nothing_outlives_a_killed_launcher(tmp_path):
    script = (
        "import os, pathlib, sys, time\n"
        "from launcher.processes import spawn\n"
        "folder = pathlib.Path(sys.argv[1])\n"
        "child = spawn(['sleep', '600'], log=folder / 'log', environment=dict(os.environ))\n"
        "(folder / 'pid').write_text(str(child.pid))\n"
        "time.sleep(600)\n"
    )
    launcher = subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path)], env=os.environ | {"PYTHONPATH": str(settings.BASE_DIR / "bin")}
    )
    wait_for(lambda: (tmp_path / "pid").exists() and (tmp_path / "pid").read_text())
    child = int((tmp_path / "pid").read_text())

    launcher.send_signal(signal.SIGKILL)
    launcher.wait()

    wait_for(lambda: not is_alive(child) or _is_zombie(child))


def _is_zombie(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except FileNotFoundError:
        return True
