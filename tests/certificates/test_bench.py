"""The benchmark keeps working: all ways make files that validate, and the fast one is far the cheapest."""

import re
import subprocess
import sys

import pytest
from django.conf import settings


@pytest.mark.slow
def test_benchmark_runs_and_the_fast_way_costs_a_hundredth():
    command = [sys.executable, "-m", "bench.certificates", "--rounds", "3"]
    run = subprocess.run(command, capture_output=True, text=True, check=False, cwd=settings.BASE_DIR)
    assert run.returncode == 0, run.stderr
    ratios = dict(re.findall(r"^(\w+(?: \w+)?) .*ratio +([\d.]+)", run.stdout, re.MULTILINE))
    assert float(ratios["plain"]) > 2
    assert float(ratios["fast"]) > 100
