"""What is published of the static files, and that pages keep the strict content policy by themselves."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command

TEMPLATES = sorted((settings.BASE_DIR / "templates").rglob("*.html"))
PAGES = [path for path in TEMPLATES if not {"emails", "documents"} & set(path.parts)]


def test_collecting_publishes_hashed_names_and_nothing_unused(tmp_path, settings):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "cicpa_portal.static_sources.PublishedFiles"},
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    published = [str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*.css")]
    assert all(re.search(r"\.[0-9a-f]{12}\.css$", name) for name in published)
    assert [name for name in published if name.startswith("bootstrap/")] == [
        name for name in published if "bootstrap.min." in name
    ]
    assert not list(tmp_path.rglob("*.map"))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(settings.BASE_DIR / "templates")))
def test_page_has_no_inline_style_or_script(path: Path):
    text = path.read_text()
    assert not re.search(r"\sstyle=", text)
    assert not re.search(r"\son[a-z]+=\"", text)
    assert not re.search(r"<style\b|<script(?![^>]*\bsrc=)", text)


def test_every_static_file_that_a_template_names_exists():
    named = {name for path in TEMPLATES for name in re.findall(r"{% static ['\"]([^'\"]+)", path.read_text())}
    assert [name for name in sorted(named) if finders.find(name) is None] == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(settings.BASE_DIR / "templates")))
def test_every_form_names_its_address(path: Path):
    """Without one it keeps #main of the skip link, and on such an address no error summary gets the focus."""
    assert [form for form in re.findall(r"<form\b.*", path.read_text()) if "action=" not in form] == []
