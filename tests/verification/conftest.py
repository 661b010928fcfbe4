"""Stored files of these tests go into a folder of the test; certificates are drawn only where a test asks for it."""

import pytest
from django.core.cache import cache

from tests.certificates.conftest import _files_of_the_test, drawn_quickly

__all__ = ["_files_of_the_test", "drawn_quickly"]


@pytest.fixture(autouse=True)
def _fresh_allowance():
    cache.clear()
