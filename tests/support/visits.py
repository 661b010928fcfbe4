"""Browsers for tests marked `browser`. A test that leaves a problem behind fails, whatever else it checked."""

import os
from functools import partialmethod

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Locator, sync_playwright

from tests.factories.accounts import sign_in_officer
from tests.support.browser import Visit, firefox_path, launch_chromium, launch_firefox


@pytest.fixture(scope="session")
def playwright():
    # Playwright's event loop lives in this thread; Django would take our own queries for asynchronous ones.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as started:
        yield started
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def browser(playwright):
    chromium = launch_chromium(playwright)
    yield chromium
    chromium.close()


def _firefox_or_skip(playwright, *, scripts: bool):
    """Ubuntu brings Firefox as a snap only, which cannot be driven."""
    if not firefox_path():
        pytest.skip("no firefox-esr here, and PORTAL_FIREFOX names none")
    return launch_firefox(playwright, scripts=scripts)


@pytest.fixture(scope="module")
def firefox(playwright):
    firefox = _firefox_or_skip(playwright, scripts=True)
    yield firefox
    firefox.close()


@pytest.fixture(scope="module")
def scriptless_firefox(playwright):
    firefox = _firefox_or_skip(playwright, scripts=False)
    yield firefox
    firefox.close()


@pytest.fixture
def without_waiting_for_frames(monkeypatch):
    """Without scripts Firefox announces no frames, for which Playwright waits before it clicks and while it types."""
    for name in ("click", "check"):
        monkeypatch.setattr(Locator, name, partialmethod(getattr(Locator, name), force=True))
    for name in ("fill", "select_option"):
        monkeypatch.setattr(Locator, name, _give_value)


def _give_value(field: Locator, value: str) -> None:
    field.evaluate("(element, value) => { element.value = value }", value)


@pytest.fixture
def visit(browser, live_server):
    """`visit(width=360, scripts=False).page` is a page of a new reader, in Chromium unless another is given."""
    visits = []

    def start(*, width=1440, height=900, scripts=True, language="zh-CN", browser=browser, address="") -> Visit:
        visits.append(
            Visit(browser, address or live_server.url, width=width, height=height, scripts=scripts, language=language),
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
