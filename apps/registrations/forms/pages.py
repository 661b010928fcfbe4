"""The pages that the agent fills in."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.applicants.selectors.roll import normalise_certificate_number
from apps.core.date_boxes import DateBoxes, DateBoxesField
from apps.core.half_width import HalfWidthEmailField, HalfWidthField
from apps.core.help_by_choice import FieldWithHelps
from apps.core.page_form import PageForm
from apps.core.photo_form import PhotoPageForm
from apps.documents.services import accept_photo
from apps.people.enums import IdentityType, Sex
from apps.people.selectors import (
    NUMBER_HELPS,
    IdentityNumberRefused,
    NameRefused,
    country_choices,
    read_identity_number,
    read_name,
)
from apps.registrations.enums import Page
from apps.registrations.forms.experience import ExperienceForm

MOBILE = re.compile(r"(?:\+86)?(1[3-9]\d{9})")
INTERNATIONAL = re.compile(r"\+[1-9]\d{6,14}")
"""E.164."""
WITH_PASSPORT = {"data-asked-with": IdentityType.PASSPORT.value}
SAYS_BIRTH = frozenset({IdentityType.RESIDENT_ID, IdentityType.RESIDENCE_PERMIT_HMT})
WITHOUT_BIRTH = {"data-asked-with": " ".join(type.value for type in IdentityType if type not in SAYS_BIRTH)}
"""Where scripts run, a question appears with the documents that need it; elsewhere its hint says so."""


def _countries():
    return [("", _("请选择")), *country_choices()]


class IdentityForm(PageForm):
    """What the document itself says (birth, sex) need not be typed; the document's word counts."""

    page = Page.IDENTITY

    name = forms.CharField(
        label=_("姓名"),
        help_text=_("与证件上完全一致。名字中的间隔号写作“·”，例如：阿卜杜拉·买买提。"),
        error_messages={"required": _("请填写姓名，例如：王小明。")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    identity_type = forms.ChoiceField(
        label=_("证件类型"),
        choices=[("", _("请选择")), *IdentityType.choices],
        error_messages={"required": _("请选择证件类型。")},
    )
    identity_number = FieldWithHelps(
        label=_("证件号码"),
        error_messages={"required": _("请填写证件号码，与证件上一致。")},
        chosen_by="identity_type",
        helps=NUMBER_HELPS,
    )
    identity_country = forms.ChoiceField(
        label=_("证件签发国家或地区"),
        help_text=_("只有护照需要填写。"),
        choices=_countries,
        required=False,
        widget=forms.Select(attrs=WITH_PASSPORT),
    )
    work_permit = HalfWidthField(
        label=_("外国人工作许可证号"),
        help_text=_("只有持护照的申请人需要填写。"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs=WITH_PASSPORT),
    )
    birth_on = DateBoxesField(
        label=_("出生日期"),
        help_text=_("居民身份证和居住证不用填，例如 1990年5月3日。"),
        required=False,
        widget=DateBoxes(attrs=WITHOUT_BIRTH),
    )
    sex = forms.ChoiceField(
        label=_("性别"),
        help_text=_("居民身份证和居住证不用选。"),
        choices=Sex,
        widget=forms.RadioSelect(attrs=WITHOUT_BIRTH),
        required=False,
    )

    def clean_name(self):
        try:
            return read_name(self.cleaned_data["name"])
        except NameRefused as error:
            raise forms.ValidationError(str(error)) from error

    def clean(self):
        data = self.cleaned_data
        kind, number = data.get("identity_type"), data.get("identity_number")
        if kind == IdentityType.PASSPORT:
            self._require("identity_country", _("请选择护照的签发国家或地区，例如：新加坡。"))
            self._require("work_permit", _("持护照的申请人请填写外国人工作许可证号。"))
        if kind and number:
            self._read(kind, number)
        return data

    def _read(self, kind: str, number: str) -> None:
        try:
            reading = read_identity_number(kind, number, today=self.today)
        except IdentityNumberRefused as error:
            self.refuse("identity_number", error)
            return
        self.cleaned_data["identity_number"] = reading.number
        for name, said, sentence in (
            ("birth_on", reading.birth_on, _("请填写出生日期，例如 1990年5月3日。")),
            ("sex", reading.sex, _("请选择性别。")),
        ):
            if said:
                self.errors.pop(name, None)
                self.cleaned_data[name] = said
            else:
                self._require(name, sentence)

    def _require(self, name: str, sentence: str) -> None:
        if not self.cleaned_data.get(name) and name not in self.errors:
            self.refuse(name, sentence)


class CertificateForm(PageForm):
    page = Page.CERTIFICATE

    certificate_number = HalfWidthField(
        label=_("全科合格证号"),
        help_text=_("例如 QZ24330001234；经考核取得资格的，填写考核批准文号。"),
        error_messages={"required": _("请填写全科合格证号，例如 QZ24330001234。")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    certificate_on = DateBoxesField(label=_("全科合格证上的日期"), help_text=_("例如 2024年12月20日。"))
    certificate_lost = forms.BooleanField(
        label=_("全科合格证已丢失"),
        help_text=_("协会受理前，须先由考试办公室出具全科合格信息确认单。"),
        required=False,
    )

    def clean_certificate_number(self):
        number = normalise_certificate_number(self.cleaned_data["certificate_number"])
        if not 4 <= len(number) <= 30:
            raise forms.ValidationError(_("全科合格证号应为 4 至 30 个字符。请核对，例如 QZ24330001234。"))
        return number


class ContactForm(PageForm):
    page = Page.CONTACT

    email = HalfWidthEmailField(
        label=_("申请人本人的电子邮箱"),
        help_text=_("请填写本人常用、只有本人能打开的邮箱：确认的链接和以后的通知都发到这里。"),
        error_messages={
            "required": _("请填写电子邮箱，例如 wang@example.com。"),
            "invalid": _("这不像一个邮箱地址。请核对，例如 wang@example.com。"),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    phone = HalfWidthField(
        label=_("申请人本人的手机号码"),
        help_text=_("例如 13800138000；境外号码请写国家或地区代码，例如 +852 91234567。"),
        error_messages={"required": _("请填写手机号码，例如 13800138000。")},
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off", "inputmode": "tel"}),
    )

    def clean_email(self):
        return self.cleaned_data["email"].lower()

    def clean_phone(self):
        number = re.sub(r"[\s\-()–—]", "", self.cleaned_data["phone"])
        if mobile := MOBILE.fullmatch(number):
            return f"+86{mobile.group(1)}"
        if number.startswith("+86") or not INTERNATIONAL.fullmatch(number):
            sentence = _("这不像一个手机号码。请填写 11 位数字，例如 13800138000；境外号码以 + 开头。")
            raise forms.ValidationError(sentence)
        return number


class PhotoForm(PhotoPageForm):
    page = Page.PHOTO
    accept = staticmethod(accept_photo)
    hint = _(
        "申请人近一年内的白底正面免冠照片，JPG、PNG 或 HEIC 格式，不超过 20 MB。"
        "我们会自动裁剪为一寸（178×220 像素）并压缩。请不要使用自拍、美颜或翻拍的照片。"
    )


PAGE_FORMS: dict[Page, type[PageForm]] = {
    Page.IDENTITY: IdentityForm,
    Page.CERTIFICATE: CertificateForm,
    Page.EXPERIENCE: ExperienceForm,
    Page.CONTACT: ContactForm,
    Page.PHOTO: PhotoForm,
}
