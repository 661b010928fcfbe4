"""The frame that every page has, and the choices that a reader makes about it."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/", "/display/", "/privacy/", "/accessibility/"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_page_answers_in_both_languages(client, address, language):
    client.cookies["language"] = language
    response = client.get(address)
    assert response.status_code == 200
    assert f'<html lang="{language}"' in response.content.decode()


def test_home_has_the_doors_that_people_come_for(client):
    page = client.get("/").content.decode()
    for address in ("/apply/", "/progress/", "/account/", "/verify/", "/register/"):
        assert f'href="{address}"' in page


def test_text_size_is_remembered_when_chosen_from_the_bar(client):
    response = client.post("/display/", {"text": "large", "next": "/privacy/"})
    assert response["Location"] == "/privacy/"
    assert 'class="large-text"' in client.get("/").content.decode()


def test_dark_scheme_loads_the_dark_colours_when_chosen(client):
    client.post("/display/", {"scheme": "dark"})
    assert 'dark.css" media="screen"' in client.get("/").content.decode()
    client.post("/display/", {"scheme": "light"})
    assert "dark.css" not in client.get("/").content.decode()


def test_display_ignores_values_it_does_not_know(client):
    response = client.post("/display/", {"text": "huge", "next": "https://example.com/"})
    assert response["Location"] == "/"
    assert not response.cookies


def test_cookie_with_nonsense_counts_as_no_choice(client):
    client.cookies["text_size"] = "'><script>"
    client.cookies["scheme"] = "purple"
    assert client.get("/").status_code == 200
