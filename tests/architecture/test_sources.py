"""What pages may not contain, and what every word needs."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

BASE = Path(settings.BASE_DIR)
PAGES = [
    path
    for root in ("templates", "static")
    for path in sorted((BASE / root).rglob("*"))
    if path.suffix in {".html", ".css", ".js", ".svg"}
]
FOREIGN = re.compile(r"""(?:src|href|action|url|@import)\s*[=(]?\s*["']?\s*(?:https?:)?//(?!www\.w3\.org)""", re.I)
INLINE = re.compile(r"<style\b|\sstyle\s*=|\son\w+\s*=\s*[\"']|<script(?![^>]*\bsrc=)", re.I)
PRINTED = {"emails", "documents"}
"""Mail programs and the PDF printer know no style sheet of ours."""


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(BASE).as_posix())
def test_nothing_is_loaded_from_another_host(path):
    assert FOREIGN.findall(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(BASE).as_posix())
def test_page_keeps_the_content_policy(path):
    if path.suffix == ".html" and not PRINTED & set(path.parts):
        assert INLINE.findall(path.read_text(encoding="utf-8")) == []


def test_floors_of_the_house_are_kept():
    from importlinter.cli import lint_imports

    assert lint_imports(config_filename=str(BASE / "pyproject.toml"), cache_dir=None) == 0


def test_every_word_has_its_english():
    call_command("catalogues", "check")
