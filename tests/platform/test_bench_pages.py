"""The benchmark of the public pages keeps working: a tiny run of it tells the price of each page."""

import os
import re
import subprocess
import sys

import pytest
from django.conf import settings

PAGES = {"hello", "home", "sign in", "search, empty", "search by name", "verify", "verify by code", "unknown code"}


@pytest.mark.slow
def test_tiny_run_tells_the_price_of_each_page():
    own = settings.DATABASES["default"]
    address = f"postgres://{own['USER']}:{own['PASSWORD']}@{own['HOST']}:{own['PORT']}/bench_{os.getpid()}"
    run = subprocess.run(
        [sys.executable, "-m", "bench.pages", "--members", "5", "--rounds", "1", "--requests", "60"],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DATABASE_URL": address, "DATABASE_OWNER_URL": address},
        capture_output=True,
        text=True,
        check=False,
    )
    ratios = dict(re.findall(r"^(\w[\w, ]*?) +[\d.]+ ms +([\d.]+)×", run.stdout, re.MULTILINE))
    assert ratios.keys() >= PAGES, run.stderr
    assert float(ratios["hello"]) == 1
    assert float(ratios["sign in"]) < float(ratios["verify by code"])
