"""The benchmark of whole runs keeps working, on a few members, in a database beside that of the tests."""

import os
import re
import subprocess
import sys

import pytest
from django.conf import settings


@pytest.mark.slow
def test_benchmark_issues_to_each_member_once_within_the_cost_of_the_nation():
    command = [sys.executable, "-m", "bench.certificate_runs", "--members", "300"]
    run = subprocess.run(command, capture_output=True, text=True, check=False, cwd=settings.BASE_DIR, env=environment())
    assert run.returncode == 0, run.stderr
    assert "run done: 300 issued, 0 kept, 0 failed" in run.stdout
    assert "a second run: 0 issued, 300 kept; 600 certificates in all" in run.stdout
    assert float(re.search(r"([\d.]+) ms CPU a certificate", run.stdout)[1]) < 60  # each worker first reads the fonts


def environment() -> dict[str, str]:
    database = settings.DATABASES["default"]
    server = f"postgres://{database['USER']}:{database['PASSWORD']}@{database['HOST']}:{database['PORT']}"
    address = f"{server}/bench_{database['NAME']}"
    return {**os.environ, "DATABASE_URL": address, "DATABASE_OWNER_URL": address}
