"""Browsers for tests marked `browser`. A test that leaves a problem behind fails, whatever else it checked."""

import os

import pytest
from playwright.sync_api import sync_playwright

from tests.support.browser import Visit, launch_chromium


@pytest.fixture(scope="session")
def browser():
    # Playwright's event loop lives in this thread; Django would take our own queries for asynchronous ones.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = launch_chromium(playwright)
        yield chromium
        chromium.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def visit(browser, live_server):
    """`visit(width=360, scripts=False).page` is a page of a new reader."""
    visits = []

    def start(*, width=1440, height=900, scripts=True, language="zh-CN") -> Visit:
        visits.append(
            Visit(browser, live_server.url, width=width, height=height, scripts=scripts, language=language),
        )
        return visits[-1]

    yield start
    problems = [problem for one in visits for problem in one.problems]
    for one in visits:
        one.context.close()
    assert not problems, "\n".join(problems)
