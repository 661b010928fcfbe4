"""Compiled catalogues: they are not committed, and English pages need them."""

import pytest
from django.core.management import call_command


@pytest.fixture(scope="session", autouse=True)
def _compiled_catalogues():
    call_command("catalogues", "compile", verbosity=0)
