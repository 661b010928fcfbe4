"""The benchmark keeps working: both ways make files that validate, and ours is the cheaper one."""

import re
import subprocess
import sys

import pytest
from django.conf import settings


@pytest.mark.slow
def test_benchmark_runs_and_ours_costs_less():
    command = [sys.executable, "-m", "bench.certificates", "--rounds", "3"]
    run = subprocess.run(command, capture_output=True, text=True, check=False, cwd=settings.BASE_DIR)
    assert run.returncode == 0, run.stderr
    assert float(re.search(r"ratio +([\d.]+)", run.stdout).group(1)) > 2
