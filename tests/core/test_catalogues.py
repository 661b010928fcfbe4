"""Finding words in Python and in templates, merging, checking and compiling them."""

import gettext

import pytest

from apps.core.catalogues.files import clashes, compile_catalogue, merge, problems, read_catalogue
from apps.core.catalogues.rooms import catalogue_path, room_files
from apps.core.catalogues.words import words_in

PYTHON = """
from django.utils.translation import gettext_lazy as _, ngettext
TITLE = _("申请")
GREETING = _("您好，%(name)s")
def days(n): return ngettext("%(n)s 天", "%(n)s 天", n)
"""
TEMPLATE = """
{% load i18n %}{% translate "提交" %}{% if x %}
   {% blocktranslate trimmed with a=b %}
     第 {{ a }} 步
  {% endblocktranslate %}{% endif %}
{{ _("返回") }}{% translate "打开" context "门" %}
{% blocktranslate count n=k %}{{ n }} 人{% plural %}{{ n }} 人{% endblocktranslate %}
"""


@pytest.fixture
def base(tmp_path):
    (tmp_path / "apps/things").mkdir(parents=True)
    (tmp_path / "apps/things/__init__.py").write_text("")
    (tmp_path / "apps/things/enums.py").write_text(PYTHON)
    (tmp_path / "templates/emails/things").mkdir(parents=True)
    (tmp_path / "templates/emails/things/a.txt").write_text(TEMPLATE)
    (tmp_path / "templates/base.html").write_text('{% load i18n %}{% translate "首页" %}')
    (tmp_path / "cicpa_portal").mkdir()
    return tmp_path


def found(base, room):
    return words_in(room_files(base)[room], base)


def translate_all(base, room, translate):
    path = catalogue_path(base, room)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(merge(path, found(base, room)))
    catalogue = read_catalogue(path)
    text = path.read_text()
    for message in catalogue:
        if message.id:
            first = message.id if isinstance(message.id, str) else message.id[0]
            text = text.replace(f'msgid "{first}"\nmsgstr ""', f'msgid "{first}"\nmsgstr "{translate(first)}"')
    text = text.replace('msgstr[0] ""', 'msgstr[0] "one %(n)s"').replace('msgstr[1] ""', 'msgstr[1] "many %(n)s"')
    path.write_text(text)
    return path


def test_words_are_found_in_python_and_templates_of_their_room(base):
    assert {key[0] for key in found(base, "things")} == {
        "申请",
        "您好，%(name)s",
        "%(n)s 天",
        "提交",
        "第 %(a)s 步",
        "返回",
        "打开",
        "%(n)s 人",
    }
    assert set(found(base, "portal")) == {("首页", None)}


def test_check_names_each_missing_word_with_its_place(base):
    lines = problems(catalogue_path(base, "portal"), found(base, "portal"))
    assert lines == ["templates/base.html:1: not in the catalogue: '首页'"]


def test_translated_catalogue_passes_and_compiles(base):
    path = translate_all(base, "things", lambda text: f"E {text}")
    assert problems(path, found(base, "things")) == []
    assert compile_catalogue(path)
    assert not compile_catalogue(path)
    with path.with_suffix(".mo").open("rb") as file:
        catalogue = gettext.GNUTranslations(file)
    assert catalogue.gettext("申请") == "E 申请"
    assert catalogue.pgettext("门", "打开") == "E 打开"
    assert catalogue.ngettext("%(n)s 人", "%(n)s 人", 2) == "many %(n)s"


def test_lost_placeholder_and_unused_entry_are_problems(base):
    path = translate_all(base, "things", lambda text: "Hello" if "您好" in text else f"E {text}")
    assert [line.split(": ", 1)[1] for line in problems(path, found(base, "things"))] == [
        "other placeholders: '您好，%(name)s'"
    ]
    (base / "apps/things/enums.py").write_text("")
    assert any("nobody says this any more" in line for line in problems(path, found(base, "things")))


def test_merging_keeps_translations_and_is_calm(base):
    path = translate_all(base, "things", lambda text: f"E {text}")
    once = merge(path, found(base, "things"))
    path.write_bytes(once)
    assert merge(path, found(base, "things")) == once
    assert b"E \xe7\x94\xb3\xe8\xaf\xb7" in once


def test_message_that_got_a_plural_is_translated_anew(base):
    path = translate_all(base, "things", lambda text: f"E {text}")
    source = base / "apps/things/enums.py"
    source.write_text(
        source.read_text().replace('_("申请")', 'ngettext("申请", "申请", 2)').replace("_,", "gettext as _,")
    )
    path.write_bytes(merge(path, found(base, "things")))
    assert [line for line in problems(path, found(base, "things")) if "申请" in line]


def test_plural_with_the_single_form_of_before_is_a_problem(base):
    path = translate_all(base, "things", lambda text: f"E {text}")
    source = base / "apps/things/enums.py"
    source.write_text(
        source.read_text().replace('_("申请")', 'ngettext("申请", "申请", 2)').replace("_,", "gettext as _,")
    )
    assert [line.split(": ", 1)[1] for line in problems(path, found(base, "things"))] == [
        "one form where there are two: '申请'"
    ]


def test_word_translated_in_two_ways_is_named_and_a_context_tells_apart(base):
    first = translate_all(base, "things", lambda text: f"E {text}")
    second = base / "second.po"
    second.write_bytes(first.read_bytes().replace("E 申请".encode(), b"Request").replace("E 打开".encode(), b"Opens"))
    assert clashes([first]) == []
    assert sorted(line.split(": ", 1)[1] for line in clashes([first, second])) == [
        "translated differently elsewhere: '打开': 'E 打开'",
        "translated differently elsewhere: '打开': 'Opens'",
        "translated differently elsewhere: '申请': 'E 申请'",
        "translated differently elsewhere: '申请': 'Request'",
    ]
    second.write_bytes(second.read_bytes().replace("门".encode(), "窗".encode()).replace(b"Request", "E 申请".encode()))
    assert clashes([first, second]) == []
