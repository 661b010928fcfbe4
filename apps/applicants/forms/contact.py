"""How to reach the applicant."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.applicants.enums import Field, Page
from apps.applicants.selectors.drafts import fields_required_of
from apps.core.half_width import HalfWidthField
from apps.core.page_form import PageForm
from apps.people.selectors import is_overseas

MAINLAND_MOBILE = re.compile(r"1[3-9]\d{9}")
INTERNATIONAL = re.compile(r"\+[1-9]\d{6,14}")
"""E.164."""


class ContactForm(PageForm):
    page = Page.CONTACT

    phone = HalfWidthField(
        label=_("手机号码"),
        help_text=_("例如 13800138000；境外号码请写国家或地区代码，例如 +852 91234567。"),
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
    )
    employer = forms.CharField(
        label=_("工作单位"),
        help_text=_("没有工作单位可以不填。"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
        error_messages={"max_length": _("工作单位最多 100 个字，请写简称。")},
    )

    def narrow(self, only: set[str]) -> None:
        super().narrow(only)
        if Field.PHONE in self.fields:
            self.fields[Field.PHONE].required = not is_overseas(self.saved.get(Field.IDENTITY_TYPE, ""))
            self.fields[Field.PHONE].error_messages["required"] = _("请填写手机号码，例如 13800138000。")
        if Field.EMPLOYER in self.fields and Field.EMPLOYER in fields_required_of(self.saved, on=self.today):
            self.fields[Field.EMPLOYER].required = True
            self.fields[Field.EMPLOYER].help_text = _("您选择的协会要求填写。")
            self.fields[Field.EMPLOYER].error_messages["required"] = _("请填写工作单位；没有工作单位请写“无”。")

    def clean_phone(self):
        """As E.164 where the country is known: what people type with spaces and hyphens is one number."""
        number = re.sub(r"[\s\-()–—]", "", self.cleaned_data[Field.PHONE])
        if number.startswith("00"):
            number = "+" + number[2:]
        if MAINLAND_MOBILE.fullmatch(number):
            return f"+86{number}"
        valid = MAINLAND_MOBILE.fullmatch(number[3:]) if number.startswith("+86") else INTERNATIONAL.fullmatch(number)
        if number and not valid:
            raise forms.ValidationError(
                _("这不像一个手机号码。请填写 11 位数字，例如 13800138000；境外号码以 + 开头，例如 +85291234567。")
            )
        return number
