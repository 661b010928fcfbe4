"""The gallery shows what it promises, in both languages, and in production to staff only."""

import pytest
from django.conf import settings

from apps.core.access import ANY_STAFF, PUBLIC
from apps.dashboard.selectors import gallery
from apps.dashboard.views.gallery import gallery_access

pytestmark = pytest.mark.django_db
FRAME = {"footer", "message", "office_navigation", "seal", "styles", "utility_bar", "who_am_i", "error_summary"}
"""What base.html draws around every page, the gallery too."""


def test_production_shows_it_to_staff_only():
    assert gallery_access(production=True) == ANY_STAFF
    assert gallery_access(production=False) == PUBLIC


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("address", ["/gallery/", "/gallery/?errors", *(f"/gallery/{page}/" for page in gallery.PAGES)])
def test_every_page_of_it_is_drawn(client, address, language):
    client.cookies["language"] = language
    assert client.get(address).status_code == 200


def test_unknown_page_is_not_found(client):
    assert client.get("/gallery/nonsense/").status_code == 404


def test_every_component_is_in_it(client):
    drawn = {template.name for template in client.get("/gallery/").templates}
    folder = settings.BASE_DIR / "templates/components"
    assert {path.stem for path in folder.glob("*.html")} - FRAME - {
        name.removeprefix("components/").removesuffix(".html") for name in drawn if name.startswith("components/")
    } == set()


def test_it_has_names_of_two_and_five_characters_and_of_sixty_letters():
    assert [len(gallery.NAMES[name]) for name in ("two", "five", "english")] == [2, 5, 60]
    assert len(gallery.NAMES["long"]) > 30


def test_it_has_no_row_one_row_and_many(client):
    assert [len(table) for table in gallery.tables()] == [0, 1, gallery.MANY]
