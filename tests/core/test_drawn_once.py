"""What is drawn once a process is the same for everybody who reads this language."""

import re

import pytest
from django.conf import settings
from django.template import Context, Template
from django.utils.translation import override

TEMPLATES = settings.BASE_DIR / "templates"
BLOCK = re.compile(r"{%\s*drawn_once[^%]*%}(.*?){%\s*enddrawn_once\s*%}", re.DOTALL)
INCLUDED = re.compile(r'{%\s*include "([^"]+)"')
OF_ONE_READER = re.compile(r"csrf_token|request|\buser\b|actor|\bmessages?\b|next_url|session|now\b")


def test_it_is_drawn_again_for_each_language_and_value_and_else_not():
    page = Template(
        "{% load drawing i18n %}{% drawn_once scheme %}{{ count }}{% translate '登录' %}{% enddrawn_once %}"
    )

    def drawn(count, scheme, language="zh-hans"):
        with override(language):
            return page.render(Context({"count": count, "scheme": scheme}))

    assert drawn(1, "dark") == drawn(2, "dark") == "1登录"
    assert drawn(3, "light") == "3登录"
    assert drawn(4, "dark", "en") == "4Sign in"


@pytest.mark.parametrize(
    "path", [p for p in sorted(TEMPLATES.rglob("*.html")) if "drawn_once" in p.read_text()], ids=str
)
def test_no_block_depends_on_who_reads_it(path):
    text = path.read_text()
    blocks = BLOCK.findall(text)
    assert len(blocks) == text.count("{% enddrawn_once %}") > 0
    for block in blocks:
        drawn = block + "".join((TEMPLATES / name).read_text() for name in INCLUDED.findall(block))
        assert not OF_ONE_READER.search(drawn), drawn[:200]


def test_forms_are_drawn_once_only_while_nobody_has_filled_them_in():
    """`{% if form.is_bound %}…{% else %}{% drawn_once %}…`; or one field by its value, where nothing is wrong."""
    for path in TEMPLATES.rglob("*.html"):
        text = path.read_text()
        for match in BLOCK.finditer(text):
            for form in set(re.findall(r"{{\s*(\w*form)\b", match.group(1))):
                before = text[: match.start()].rpartition("{% if ")[2]
                by_value = (
                    before.startswith(f"{form}.errors %}}") and ".value %}" in match.group(0).partition("}")[0] + "}"
                )
                assert before.startswith(f"{form}.is_bound %}}") or by_value, path
                assert before.rstrip().endswith("{% else %}"), path
