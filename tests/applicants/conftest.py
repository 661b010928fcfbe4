import pytest
import time_machine

from tests.factories.applicants import NOW
from tests.support.desk import desk  # noqa: F401


@pytest.fixture
def time_machine_now():
    """The doors read NOW; called with a moment, they read that one from here on."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller.move_to
