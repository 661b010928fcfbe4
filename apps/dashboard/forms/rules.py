"""A new value of a rule. What its field is follows from the kind of its value in the registry."""

import hashlib
import json
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import lazystr
from django.utils.translation import gettext_lazy as _

from apps.associations.selectors import association_choices
from apps.core.date_boxes import DateBoxesField
from apps.rules.enums import Check
from apps.rules.registry import RuleKind, ValueRefused
from apps.rules.registry.values import Choice, Grid, Several, YesNo
from apps.rules.selectors.rule_cases import example_of, read_cases
from apps.rules.services import RuleChange

STALE = _("页面已经过期，请刷新后重试。")


class RuleForm(forms.Form):
    """`seen` is the mark of the history that the editor saw; `previewed` of the change whose effects they saw."""

    use_required_attribute = False

    seen = forms.CharField(widget=forms.HiddenInput, error_messages={"required": STALE})
    previewed = forms.CharField(widget=forms.HiddenInput, required=False)
    association = forms.ChoiceField(label=_("适用范围"), required=False)
    in_force_from = DateBoxesField(
        label=_("从哪一天起"),
        help_text=_("从这一天起提交的申请按新的取值办理；以前的申请不变。"),
    )
    clause_zh = forms.CharField(
        label=_("依据条款（中文）"), max_length=200, required=False, help_text=_("例如：《非执业会员登记办法》第四条")
    )
    clause_en = forms.CharField(
        label=_("依据条款（英文）"), max_length=200, required=False, help_text=_("例如：Registration Measures, Art. 4")
    )
    test_cases = forms.CharField(
        label=_("测试用例"), required=False, widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false"})
    )
    why = forms.CharField(
        label=_("改动的理由"),
        max_length=300,
        required=False,
        help_text=_("生效日期在今天以前的必填，例如所依据的文件。"),
    )

    def __init__(self, *args, kind: RuleKind, **kwargs):
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.fields["value"] = value_field(kind)
        if kind.may_be_local:
            self.fields["association"].choices = [("", _("全国")), *association_choices()]
        else:
            del self.fields["association"]
        if kind.check == Check.VALUE:
            del self.fields["test_cases"]
        else:
            sentence = _("每行一个：已知的日期，箭头，应得的结果。例如：%(example)s")
            self.fields["test_cases"].help_text = lazystr(sentence % {"example": example_of(kind)})
        order = ["value", "association", "in_force_from", "clause_zh", "clause_en", "test_cases", "why"]
        self.order_fields(order)

    def clean_value(self):
        try:
            return self.kind.value.read(self.cleaned_data["value"])
        except ValueRefused as error:
            raise ValidationError(str(error)) from error

    def clean_test_cases(self):
        try:
            return read_cases(self.kind, self.cleaned_data["test_cases"])
        except ValueRefused as error:
            raise ValidationError(str(error)) from error

    def change(self) -> RuleChange:
        names = ("value", "in_force_from", "clause_zh", "clause_en", "why")
        return RuleChange(
            key=self.kind.key,
            association=self.cleaned_data.get("association", ""),
            test_cases=self.cleaned_data.get("test_cases", []),
            **{name: self.cleaned_data[name] for name in names},
        )


def mark_of(change: RuleChange) -> str:
    """Equal for equal changes: whoever saves has seen what exactly this one does."""
    parts = [change.key, change.value, change.in_force_from.isoformat(), change.association]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:16]


def value_field(kind: RuleKind) -> forms.Field:
    value = kind.value
    plain = {"label": _("取值"), "help_text": kind.text}
    if isinstance(value, Several | Grid):
        return forms.MultipleChoiceField(
            **plain, choices=value.options, required=False, widget=forms.CheckboxSelectMultiple
        )
    if isinstance(value, YesNo | Choice):
        return forms.ChoiceField(**plain, choices=value.options, widget=forms.RadioSelect)
    short = forms.TextInput(attrs={"class": "short", "autocomplete": "off"})
    return forms.CharField(**plain, max_length=60, widget=short)


def day_of(text: str, default: date) -> date:
    """A day of an address; anything else is `default`."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return default
