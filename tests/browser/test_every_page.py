"""Every page of the portal, with somebody who may read it: axe finds nothing, nothing is cut, covered or too small."""

import pytest

from tests.support.accessibility import axe_findings
from tests.support.every_page import EVERY_PAGE
from tests.support.layout import layout_faults
from tests.support.stage import stage  # noqa: F401

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(
    ("width", "language"), [(360, "zh-CN"), pytest.param(1024, "en", marks=pytest.mark.slow)], ids=["phone", "desk"]
)
def test_every_page_is_accessible_and_fits_the_window(visit, sign_in, stage, width, language):  # noqa: F811
    faults, known = [], {}
    for page in EVERY_PAGE:
        is_own = page.way is not None or page.status != 200  # needs a browser that nobody has used
        reader = None if is_own else known.get(page.reader)
        reader = reader or visit(width=width, language=language)
        if not is_own:
            known[page.reader] = reader
        reader.page.set_viewport_size({"width": width, "height": 768})
        faults += _faults(page, reader, stage, sign_in)
        if is_own:
            reader.context.close()
    assert faults == []


def _faults(page, reader, stage, sign_in) -> list[str]:  # noqa: F811
    faults = []
    try:
        stage.open(reader, page, sign_in)
    except AssertionError as error:
        faults.append(str(error))
    faults += [f"{page}: {finding}" for finding in axe_findings(reader.page)]
    return faults + [f"{page}: {fault}" for fault in _faults_in_windows(reader.page)]


def _faults_in_windows(page) -> list[str]:
    """On the narrowest phone with large text, and at the desk; python -m bench.screenshots looks in all windows."""
    faults = []
    for width, large in ((320, True), (1024, False)):
        page.set_viewport_size({"width": width, "height": 768})
        page.evaluate("large => document.documentElement.classList.toggle('large-text', large)", large)
        faults += [f"at {width} px: {fault}" for fault in layout_faults(page)]
    return faults
