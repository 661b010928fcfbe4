"""How every field of every form is drawn, and what it says when it is left empty."""

import pytest
from django import forms

from apps.dashboard.views.gallery import SampleForm


@pytest.fixture
def empty():
    form = SampleForm(data={})
    form.is_valid()
    return form


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("name", "请填写这一项。"),
        ("association", "请选择一项。"),
        ("sex", "请选择一项。"),
        ("truth", "请阅读后勾选这一项。"),
        ("photo", "请选择一个文件。"),
    ],
)
def test_empty_field_says_what_to_do(empty, name, sentence):
    assert empty.errors[name] == [sentence]


def test_better_words_of_a_form_are_kept():
    field = forms.CharField(error_messages={"required": "请填写姓名，例如王小明。"})
    assert field.error_messages["required"] == "请填写姓名，例如王小明。"


def test_field_is_tied_to_its_hint_and_its_error(empty):
    html = empty["name"].as_field_group()
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_helptext"' in html
    assert 'id="id_name_error"' in html
    assert 'aria-invalid="true"' in html


def test_control_gets_its_class_by_itself(empty):
    assert 'class="form-control code"' in empty["code"].as_field_group()
    assert 'class="form-select"' in empty["association"].as_field_group()
    assert 'class="form-check-input"' in empty["truth"].as_field_group()


def test_choices_stand_in_a_fieldset_under_their_question(empty):
    html = empty["sex"].as_field_group()
    assert html.startswith("<fieldset")
    assert '<legend class="field-label">性别</legend>' in html


def test_optional_field_says_so(empty):
    assert "（选填）" in empty["employer"].as_field_group()
    assert "（选填）" not in empty["name"].as_field_group()


def test_what_was_typed_is_escaped_and_kept():
    html = SampleForm(data={"name": '"><b>'})["name"].as_field_group()
    assert "&quot;&gt;&lt;b&gt;" in html
