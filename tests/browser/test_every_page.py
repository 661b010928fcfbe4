"""Every page of the portal, with somebody who may read it: axe finds nothing, and it fits the window."""

import pytest

from tests.support.accessibility import axe_findings
from tests.support.every_page import EVERY_PAGE
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
        if (excess := reader.overflow()) > 0:
            faults.append(f"{page}: {excess} px too wide")
        reader.context.close()
    assert faults == []
