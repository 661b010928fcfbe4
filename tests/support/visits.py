"""Browsers for tests marked `browser`. A test that leaves a problem behind fails, whatever else it checked."""

import os

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import sync_playwright

from tests.factories.accounts import sign_in_officer
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


@pytest.fixture
def sign_in():
    """`sign_in(visit, user)`: the reader is `user` from here on, second factor included."""

    def give_session(reader: Visit, user) -> None:
        session = sign_in_officer(Client(), user).cookies[settings.SESSION_COOKIE_NAME].value
        reader.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": f"http://{reader.host}"}]
        )

    return give_session
