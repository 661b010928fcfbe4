"""Every page of the portal, with somebody who may read it: axe finds nothing, nothing is cut, covered or too small."""

import pytest

from tests.support.accessibility import axe_findings
from tests.support.every_page import EVERY_PAGE
from tests.support.layout import layout_faults
from tests.support.stage import stage  # noqa: F401

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("width", "language"), [(360, "zh-CN"), (1024, "en")])
def test_every_page_is_accessible_and_fits_the_window(visit, sign_in, stage, width, language):  # noqa: F811
    faults = []
    for page in EVERY_PAGE:
        reader = visit(width=width, language=language)
        try:
            stage.open(reader, page, sign_in)
        except AssertionError as error:
            faults.append(str(error))
        faults += [f"{page}: {finding}" for finding in axe_findings(reader.page)]
        faults += [f"{page}: {fault}" for fault in _faults_in_windows(reader.page)]
        reader.context.close()
    assert faults == []


def _faults_in_windows(page) -> list[str]:
    """On the narrowest phone with large text, and at the desk; python -m bench.screenshots looks in all windows."""
    faults = []
    for width, large in ((320, True), (1024, False)):
        page.set_viewport_size({"width": width, "height": 768})
        page.evaluate("large => document.documentElement.classList.toggle('large-text', large)", large)
        faults += [f"at {width} px: {fault}" for fault in layout_faults(page)]
    return faults
