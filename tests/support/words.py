"""Compiled catalogues: they are not committed, and English pages need them."""

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import translation


@pytest.fixture(scope="session", autouse=True)
def _compiled_catalogues():
    call_command("catalogues", "compile", verbosity=0)


@pytest.fixture(autouse=True)
def _chinese_unless_said_otherwise():
    """A request leaves its language behind in the thread; the next test starts in Chinese all the same."""
    with translation.override(settings.LANGUAGE_CODE):
        yield
