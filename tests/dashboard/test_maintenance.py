"""While the portal is being mended: one page, in the reader's language, that needs nothing which may be broken."""

import pytest


@pytest.fixture
def closed(settings, tmp_path):
    settings.MAINTENANCE_FILE = tmp_path / "maintenance"
    settings.MAINTENANCE_FILE.touch()
    return settings.MAINTENANCE_FILE


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "我们正在维护"), ("en", "maintenance")])
@pytest.mark.parametrize("address", ["/", "/apply/", "/office/", "/no-such-page/"])
def test_every_page_says_so_without_a_database(client, closed, address, language, words):
    client.cookies["language"] = language
    response = client.get(address)
    assert response.status_code == 503
    assert words in response.content.decode()
    assert (response["Retry-After"], response["Cache-Control"]) == ("600", "no-store")
    assert "style-src" in response["Content-Security-Policy"]


def test_a_form_that_was_just_sent_is_told_that_it_did_nothing(client, closed):
    response = client.post("/progress/", {"reference": "x"})
    assert response.status_code == 503
    assert "没有生效" in response.content.decode()


def test_the_hour_is_shown_where_somebody_has_named_it(client, closed):
    closed.write_text("2026-11-25T20:00\n")
    assert "2026年11月25日 20:00" in client.get("/").content.decode()
    closed.write_text("tonight, perhaps")
    page = client.get("/")
    assert page.status_code == 503
    assert "恢复。" not in page.content.decode()


def test_whoever_watches_the_portal_still_gets_an_answer(client, closed):
    assert client.get("/healthz").status_code == 200


@pytest.mark.django_db
def test_the_portal_opens_as_soon_as_the_file_is_gone(client, closed):
    closed.unlink()
    assert client.get("/").status_code == 200
