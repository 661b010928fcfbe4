"""The photo before it is sent: seen, measured, refused early; and all the same without scripts."""

import re

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model

from apps.applicants.models import Application
from apps.documents.services.photos import MAX_UPLOAD
from tests.factories.candidates import candidate, make_draft
from tests.factories.documents import picture, picture_bytes
from tests.support.accessibility import axe_findings
from tests.support.browser import press

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def photo_page(visit, sign_in):
    def open_page(**look):
        actor = candidate()
        make_draft(actor=actor, photo=False)
        reader = visit(**look)
        sign_in(reader, get_user_model().objects.get(pk=actor.user_id))
        reader.page.goto("/apply/photo/")
        return reader

    return open_page


def choose(page, content: bytes, name="IMG.png", media_type="image/png"):
    page.set_input_files("input[name=photo]", {"name": name, "mimeType": media_type, "buffer": content})


def test_photo_is_seen_measured_and_sent(photo_page):
    reader = photo_page(width=320)
    page = reader.page
    choose(page, picture_bytes(picture(600, 800)))
    page.get_by_text("600×800 像素").wait_for()
    assert page.locator(".photo-frame canvas").count() == 1
    assert axe_findings(page) == []
    assert reader.overflow() <= 0
    page.locator("main form button[type=submit]").click()
    page.get_by_text("这就是会员证上的照片").wait_for()
    assert Application.objects.get().photo_id


def test_reason_for_refusal_is_told_before_anything_is_sent(photo_page):
    page = photo_page(width=360, language="en").page
    sent = []
    page.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    for content, words in (
        (picture_bytes(picture(100, 120)), "100×120"),
        (b"", "0 bytes"),
        (b"x" * (MAX_UPLOAD + 1), "20 MB"),
    ):
        choose(page, content)
        page.locator(".photo-refused").get_by_text(words).wait_for()
        page.locator("main form button[type=submit]").click()
    assert sent == []
    choose(page, picture_bytes(picture(600, 800)))
    page.get_by_text("600×800 pixels").wait_for()


def test_what_the_browser_cannot_show_may_still_be_sent(photo_page):
    page = photo_page(width=360).page
    choose(page, b"ftypheic not really", "IMG.HEIC", "image/heic")
    page.get_by_text("不能预览").wait_for()
    page.locator("main form button[type=submit]").click()
    page.get_by_role("alert").get_by_text("不是可以读取的照片").wait_for()


def test_without_network_nothing_is_lost(photo_page):
    reader = photo_page(width=360)
    page = reader.page
    choose(page, picture_bytes(picture(600, 800)))
    page.get_by_text("600×800").wait_for()
    reader.context.set_offline(True)
    page.locator("main form button[type=submit]").click()
    page.get_by_text("现在没有网络").wait_for()
    reader.context.set_offline(False)
    page.locator("main form button[type=submit]").click()
    page.get_by_text("这就是会员证上的照片").wait_for()


def test_without_scripts_the_page_is_as_it_was(photo_page):
    page = photo_page(width=360, scripts=False).page
    assert not page.locator(".photo-status").is_visible()
    choose(page, picture_bytes(picture(100, 120)))
    press(page)
    page.get_by_text("照片太小").first.wait_for()


def test_script_and_server_know_the_same_limit():
    component = (settings.BASE_DIR / "templates/components/photo_field.html").read_text(encoding="utf-8")
    assert int(re.search(r'data-most="(\d+)"', component).group(1)) == MAX_UPLOAD
