"""Who applies: the name and the identity document."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.applicants.enums import Field, Page
from apps.core.date_boxes import DateBoxesField
from apps.core.half_width import HalfWidthField
from apps.core.help_by_choice import FieldWithHelps
from apps.core.page_form import PageForm, as_json
from apps.people.enums import IdentityType, Sex
from apps.people.selectors import (
    NUMBER_HELPS,
    IdentityNumberRefused,
    NameRefused,
    country_choices,
    is_overseas,
    read_identity_number,
    read_name,
)

SAYS_BIRTH_AND_SEX = frozenset({IdentityType.RESIDENT_ID, IdentityType.RESIDENCE_PERMIT_HMT})
WITH_COUNTRY = frozenset({IdentityType.PASSPORT, IdentityType.OTHER})
LATIN_NAME = re.compile(r"[A-Za-zÀ-ÖØ-öø-ɏ][A-Za-zÀ-ÖØ-öø-ɏ .'’\-]*")
NAME_FROM_ABROAD = _("与证件上完全一致：证件上是中文的写中文，是英文的写英文，例如 TAN Wei Ming。")
SAID_BY_DOCUMENT = (Field.BIRTH_ON, Field.SEX)
DEPENDING = {
    Field.IDENTITY_COUNTRY.value: WITH_COUNTRY,
    Field.ENGLISH_NAME.value: frozenset(type for type in IdentityType if is_overseas(type)),
    **{name.value: frozenset(IdentityType) - SAYS_BIRTH_AND_SEX for name in SAID_BY_DOCUMENT},
}
"""Questions by name with the types that need them."""


def _countries():
    return [("", _("请选择")), *country_choices()]


class IdentityForm(PageForm):
    """Asks only what this type of document does not say. Whoever changes the type gets the questions that it needs
    at once where scripts run, and when the page is sent where they do not."""

    page = Page.IDENTITY
    template_name = "applicants/forms/identity.html"

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
    identity_number = FieldWithHelps(
        label=_("证件号码"),
        error_messages={"required": _("请填写证件号码，与证件上一致。")},
        chosen_by=Field.IDENTITY_TYPE.value,
        helps=NUMBER_HELPS,
    )
    identity_country = forms.ChoiceField(label=_("证件签发国家或地区"), choices=_countries, required=False)
    english_name = HalfWidthField(
        label=_("英文姓名"),
        help_text=_("与护照或通行证上的拼写一致，例如 CHAN Siu Ming 或 Mary Smith。英文证明会使用它。"),
        required=False,
        max_length=100,
        error_messages={"max_length": _("英文姓名最多 100 个字母。请与证件上的拼写一致。")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    birth_on = DateBoxesField(label=_("出生日期"), help_text=_("例如 1990年5月3日。"), required=False)
    sex = forms.ChoiceField(label=_("性别"), choices=Sex, widget=forms.RadioSelect, required=False)
    warnings: tuple[str, ...] = ()

    def initial_from(self, saved: dict) -> dict:
        initial = super().initial_from(saved)
        asked_before = saved.get("eligibility", {}).get(Field.IDENTITY_TYPE)
        return initial | {Field.IDENTITY_TYPE: initial[Field.IDENTITY_TYPE] or asked_before}

    def narrow(self, only: set[str]) -> None:
        depending = [name for name in DEPENDING if name != Field.ENGLISH_NAME or name in only]
        if not is_overseas(self._type()):
            only = only - {Field.ENGLISH_NAME}
        if only & {Field.IDENTITY_TYPE, Field.IDENTITY_NUMBER}:
            only = only | {Field.IDENTITY_TYPE, Field.IDENTITY_NUMBER, *self._not_said_by(self._type())}
            only -= {Field.IDENTITY_COUNTRY, *SAID_BY_DOCUMENT} - self._not_said_by(self._type())
        unasked = {name: self.fields[name] for name in depending if name not in only}
        super().narrow(only)
        self.depending = []
        if Field.NAME in self.fields and is_overseas(self._type()):
            self.fields[Field.NAME].help_text = NAME_FROM_ABROAD
            self.fields[Field.NAME].error_messages["required"] = _("请填写姓名，与证件上一致，例如 TAN Wei Ming。")
        if Field.IDENTITY_NUMBER in self.fields:
            self.depending = [self._depending(name, unasked.get(name)) for name in depending]

    def _depending(self, name: str, unasked: forms.Field | None) -> dict:
        """A question that only some types need, to be shown now or, by a script, with another type."""
        field = unasked.get_bound_field(self, name) if unasked else self[name]
        return {"field": field, "types": DEPENDING[name], "is_asked": unasked is None}

    @property
    def depending_names(self) -> set[str]:
        return {question["field"].name for question in self.depending}

    def _type(self) -> str:
        typed = self.data.get(Field.IDENTITY_TYPE) if self.is_bound else None
        return typed or self.initial.get(Field.IDENTITY_TYPE) or ""

    def _not_said_by(self, type: str) -> set[str]:
        birth_and_sex = set() if type in SAYS_BIRTH_AND_SEX or not type else set(SAID_BY_DOCUMENT)
        return birth_and_sex | ({Field.IDENTITY_COUNTRY} if type in WITH_COUNTRY else set())

    def clean_name(self):
        try:
            return read_name(self.cleaned_data["name"])
        except NameRefused as error:
            raise forms.ValidationError(str(error)) from error

    def clean_english_name(self):
        name = " ".join(self.cleaned_data[Field.ENGLISH_NAME].split())
        if name and not LATIN_NAME.fullmatch(name):
            raise forms.ValidationError(_("英文姓名只能有字母、空格、连字符和撇号，例如 CHAN Siu Ming。"))
        return name

    def clean(self):
        type, number = self.value(Field.IDENTITY_TYPE), self.value(Field.IDENTITY_NUMBER)
        if type == IdentityType.PASSPORT and not self.value(Field.IDENTITY_COUNTRY):
            self.refuse(Field.IDENTITY_COUNTRY, _("请选择护照的签发国家或地区，例如：新加坡。"))
        if type == IdentityType.PASSPORT and not (self._is_latin() or self.value(Field.ENGLISH_NAME)):
            self.refuse(Field.ENGLISH_NAME, _("请填写护照上的英文姓名，例如 CHAN Siu Ming。"))
        if type and number:
            self._read(type, number)
        return self.cleaned_data

    def _is_latin(self) -> bool:
        return bool(LATIN_NAME.fullmatch(self.value(Field.NAME) or "")) or Field.ENGLISH_NAME not in self.fields

    def _read(self, type: str, number: str) -> None:
        try:
            reading = read_identity_number(type, number, today=self.today)
        except IdentityNumberRefused as error:
            self.refuse(Field.IDENTITY_NUMBER, error)
            return
        self.warnings = reading.warnings
        self.said = {Field.IDENTITY_NUMBER: reading.number, Field.BIRTH_ON: reading.birth_on, Field.SEX: reading.sex}
        self._require(Field.BIRTH_ON, _("请填写出生日期，例如 1990年5月3日。"))
        self._require(Field.SEX, _("请选择性别。"))

    def _require(self, name: str, sentence: str) -> None:
        """The document's own word counts; where it says nothing, the person must."""
        if self.said[name]:
            self.errors.pop(name, None)
        elif not self.value(name) and name not in self.errors:
            self.refuse(name, sentence)

    def answers(self) -> dict:
        """With what the document itself says; what an earlier document said is taken back."""
        answers = super().answers()
        if Field.IDENTITY_NUMBER in self.fields:
            said = {name: value for name, value in self.said.items() if value}
            answers = {Field.IDENTITY_COUNTRY: ""} | answers | said
        elif said_field := set(answers) & set(SAID_BY_DOCUMENT):
            answers |= {name: self.said[name] for name in said_field if self.said[name]}
        return as_json(answers)
