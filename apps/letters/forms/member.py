"""What the member says: for whom, for what, under which spelling, and what else is to be stated."""

import re
from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.core.errors import PortalError
from apps.letters.enums import Addressee, Purpose
from apps.letters.selectors.answers import goes_abroad
from apps.people.enums import SpellingSource
from apps.people.selectors import country_choices, read_english_name
from apps.rules.selectors import rule_value

LATIN = re.compile(r"[A-Za-z\u00c0-\u024f0-9 .,'&()/:;+#\-–]+")
"""What an English letter prints in an address."""
NEEDED_BY_CASE = ("addressee", "country", "purpose_text", "consent")
"""Another answer decides whether these are needed, so they are not called optional."""
CHOICES_OF_DAYS = (30, 60, 90, 180, 365)


class AskForm(forms.Form):
    use_required_attribute = False

    addressee_kind = forms.ChoiceField(
        label=_("证明给谁看"),
        choices=Addressee.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择证明给谁看。")},
    )
    addressee = forms.CharField(
        label=_("收件单位的英文名称"),
        max_length=120,
        required=False,
        help_text=_("指定单位时填写，例如 Hong Kong Institute of Certified Public Accountants。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "lang": "en"}),
    )
    country = forms.ChoiceField(
        label=_("收件单位所在的国家或地区"),
        required=False,
        error_messages={"invalid_choice": _("请选择收件单位所在的国家或地区。")},
    )
    purpose = forms.ChoiceField(
        label=_("用途"),
        choices=Purpose.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择用途。")},
    )
    purpose_text = forms.CharField(
        label=_("其他用途（英文）"),
        max_length=100,
        required=False,
        help_text=_("选“其他”时填写，会印在证明上，例如 registration with a court as an expert witness。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "lang": "en"}),
    )
    surname = forms.CharField(
        label=_("英文姓氏"),
        max_length=60,
        required=False,
        help_text=_("例如 WANG、LYU、OUYANG。没有姓氏的留空。"),
        widget=forms.TextInput(attrs={"autocomplete": "family-name", "lang": "en", "spellcheck": "false"}),
    )
    given = forms.CharField(
        label=_("英文名字"),
        max_length=60,
        help_text=_("例如 Xiaoming。没有姓氏的，全部写在这里。"),
        widget=forms.TextInput(attrs={"autocomplete": "given-name", "lang": "en", "spellcheck": "false"}),
        error_messages={"required": _("请填写名字的英文拼写，例如 Xiaoming。没有姓氏的，全部写在这里。")},
    )
    spelling = forms.ChoiceField(
        label=_("这个拼写来自"),
        choices=SpellingSource.choices,
        widget=forms.RadioSelect,
        help_text=_("有护照的请按护照填写：收件单位会与您的护照核对。"),
        error_messages={"required": _("请选择拼写的来源。")},
    )
    state_birth = forms.BooleanField(label=_("写明出生日期"), required=False, help_text=_("只在收件单位要求时才选。"))
    state_firm = forms.BooleanField(
        label=_("写明任职的会计师事务所和它的执业证书编号"),
        required=False,
        help_text=_("只在收件单位要求时才选。"),
    )
    valid_days = forms.TypedChoiceField(
        label=_("有效期"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择有效期。"), "invalid_choice": _("请从列出的天数中选择。")},
    )
    consent = forms.BooleanField(
        label=_("我已阅读上面的说明，单独同意向境外的收件单位提供这份证明所载的个人信息"),
        required=False,
        help_text=_("只有指定境外的单位时需要。可以随时撤回；撤回后，申请就此结束，已出具的证明作废。"),
    )
    spelling_is_right = forms.BooleanField(
        label=_("我已核对英文姓名，拼写正确"),
        error_messages={"required": _("请核对英文姓名的拼写后勾选。")},
    )

    def __init__(self, *args, today: date, has_firm: bool, **kwargs):
        super().__init__(*args, **kwargs)
        most = rule_value("letter.valid_days", on=today)
        days = sorted({*(number for number in CHOICES_OF_DAYS if number < most), most})
        self.fields["valid_days"].choices = [(number, _("%(days)s 天") % {"days": number}) for number in days]
        self.fields["valid_days"].initial = most
        self.fields["country"].choices = [("", _("请选择")), *country_choices()]
        for name in NEEDED_BY_CASE:
            self.fields[name].needed_by_case = True
        if not has_firm:
            del self.fields["state_firm"]

    def clean(self):
        data = super().clean()
        self._read_addressee(data)
        self._read_purpose(data)
        self._read_name(data)
        if not self.errors and goes_abroad(data) and not data.get("consent"):
            self.add_error(
                "consent", _("收件单位在境外：需要您单独同意。不同意的，可以改为不指定收件单位，由您自己转交。")
            )
        return data

    def answers(self) -> dict:
        """Ready to be kept as JSON; what is of no use for this addressee is left out."""
        data = self.cleaned_data
        names = ("addressee_kind", "addressee", "country", "purpose", "purpose_text")
        names += ("surname", "given", "spelling", "state_birth", "valid_days")
        return {name: data[name] for name in names} | {"state_firm": bool(data.get("state_firm"))}

    def _read_addressee(self, data: dict) -> None:
        if data.get("addressee_kind") != Addressee.NAMED:
            data["addressee"] = data["country"] = ""
            return
        data["addressee"] = _plain(data.get("addressee", ""))
        if not LATIN.fullmatch(data["addressee"]):
            self.add_error("addressee", _("请用英文填写收件单位的全称，例如 CPA Australia。"))
        if not data.get("country") and "country" not in self.errors:
            self.add_error("country", _("请选择收件单位所在的国家或地区。"))

    def _read_purpose(self, data: dict) -> None:
        if data.get("purpose") != Purpose.OTHER:
            data["purpose_text"] = ""
            return
        data["purpose_text"] = _plain(data.get("purpose_text", ""))
        if not LATIN.fullmatch(data["purpose_text"]):
            self.add_error("purpose_text", _("请用英文写明用途，例如 registration with a court as an expert witness。"))

    def _read_name(self, data: dict) -> None:
        if not data.get("given"):
            return
        try:
            name = read_english_name(data.get("surname", ""), data["given"])
        except PortalError as error:
            self.add_error("given", str(error))
            return
        data["surname"], data["given"] = name.surname, name.given


def _plain(text: str) -> str:
    """One space, a plain apostrophe: in the letter's type the curved one is as wide as a Chinese character."""
    return " ".join(text.replace("’", "'").replace("‘", "'").split())
