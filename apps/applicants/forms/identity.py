"""Who applies: the name and the identity document."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.applicants.enums import Field, Page
from apps.applicants.forms.base import HalfWidthField, PageForm
from apps.applicants.forms.dates import DateBoxesField
from apps.people.enums import IdentityType, Sex
from apps.people.selectors import (
    IdentityNumberRefused,
    NameRefused,
    country_choices,
    read_identity_number,
    read_name,
)

NUMBER_HELP = _(
    "居民身份证、港澳台居民居住证：18 位，最后一位可以是 X。"
    "港澳居民来往内地通行证：H 或 M 加 8 位数字。台湾居民来往大陆通行证：8 位数字。"
    "外国人永久居留身份证：18 位，或 3 个字母加 12 位数字。护照：字母和数字，5 至 20 位。"
)
WITH_COUNTRY = frozenset({IdentityType.PASSPORT, IdentityType.OTHER})
SAID_BY_DOCUMENT = (Field.BIRTH_ON, Field.SEX)


def _countries():
    return [("", _("请选择")), *country_choices()]


class IdentityForm(PageForm):
    page = Page.IDENTITY

    name = forms.CharField(
        label=_("姓名"),
        help_text=_("与证件上完全一致。名字中的间隔号写作“·”，例如：阿卜杜拉·买买提。"),
        error_messages={"required": _("请填写姓名，例如：王小明。")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    identity_type = forms.ChoiceField(
        label=_("证件类型"),
        choices=[("", _("请选择")), *IdentityType.choices],
        error_messages={"required": _("请选择证件类型。")},
    )
    identity_number = HalfWidthField(
        label=_("证件号码"),
        help_text=NUMBER_HELP,
        error_messages={"required": _("请填写证件号码，例如 11010519491231002X。")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    identity_country = forms.ChoiceField(
        label=_("护照签发国家或地区"),
        help_text=_("只有使用护照的人需要选择。"),
        choices=_countries,
        required=False,
    )
    birth_on = DateBoxesField(
        label=_("出生日期"),
        help_text=_("只有通行证、护照和其他证件需要填写；居民身份证、居住证的号码已经说明。"),
        required=False,
    )
    sex = forms.ChoiceField(
        label=_("性别"),
        help_text=_("只有通行证、护照、外国人永久居留身份证和其他证件需要选择。"),
        choices=Sex,
        widget=forms.RadioSelect,
        required=False,
    )
    warnings: tuple[str, ...] = ()

    def initial_from(self, saved: dict) -> dict:
        initial = super().initial_from(saved)
        asked_before = saved.get("eligibility", {}).get(Field.IDENTITY_TYPE)
        return initial | {Field.IDENTITY_TYPE: initial[Field.IDENTITY_TYPE] or asked_before}

    def narrow(self, only: set[str]) -> None:
        if only & {Field.IDENTITY_TYPE, Field.IDENTITY_NUMBER}:
            only = only | {Field.IDENTITY_TYPE, Field.IDENTITY_NUMBER, Field.IDENTITY_COUNTRY, *SAID_BY_DOCUMENT}
        super().narrow(only)

    def clean_name(self):
        try:
            return read_name(self.cleaned_data["name"])
        except NameRefused as error:
            raise forms.ValidationError(str(error)) from error

    def clean(self):
        type, number = self.value(Field.IDENTITY_TYPE), self.value(Field.IDENTITY_NUMBER)
        if type:
            self._check_country(type)
        if type and number:
            self._read(type, number)
        return self.cleaned_data

    def _check_country(self, type: str) -> None:
        if type not in WITH_COUNTRY:
            self.cleaned_data[Field.IDENTITY_COUNTRY] = ""
        elif type == IdentityType.PASSPORT and not self.value(Field.IDENTITY_COUNTRY):
            self.refuse(Field.IDENTITY_COUNTRY, _("请选择护照的签发国家或地区，例如：新加坡。"))

    def _read(self, type: str, number: str) -> None:
        try:
            reading = read_identity_number(type, number, today=self.today)
        except IdentityNumberRefused as error:
            self.refuse(Field.IDENTITY_NUMBER, error)
            return
        self.warnings = reading.warnings
        if Field.IDENTITY_NUMBER in self.fields:
            self.cleaned_data[Field.IDENTITY_NUMBER] = reading.number
        self._take(Field.BIRTH_ON, reading.birth_on, _("请填写出生日期，例如 1990 年 5 月 3 日。"))
        self._take(Field.SEX, reading.sex, _("请选择性别。"))

    def _take(self, name: str, said: date | str | None, sentence: str) -> None:
        """The document's own word counts; where it says nothing, the person must."""
        if name in self.fields and said:
            self.cleaned_data[name] = said
            self.errors.pop(name, None)
        elif not self.value(name) and name not in self.errors:
            self.refuse(name, sentence)
