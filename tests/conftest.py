"""What every test shares. Run tests through `bin/test`: it sets PORTAL_MODE=test before Django reads its settings."""

from tests.support.database import _flush_leaves_reference_data, _rules_are_read_afresh, django_db_setup  # noqa: F401
from tests.support.published import published  # noqa: F401
from tests.support.sealing import certificate  # noqa: F401
from tests.support.visits import (  # noqa: F401
    browser,
    firefox,
    playwright,
    scriptless_firefox,
    sign_in,
    visit,
    without_waiting_for_frames,
)
from tests.support.words import _chinese_unless_said_otherwise, _compiled_catalogues  # noqa: F401
