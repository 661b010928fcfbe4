"""Who is behind a staff account: the name and the identity document."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.core.date_boxes import DateBoxesField
from apps.core.help_by_choice import FieldWithHelps
from apps.people.enums import IdentityType, Tie
from apps.people.selectors import (
    NUMBER_HELPS,
    IdentityNumberRefused,
    NameRefused,
    country_choices,
    read_identity_number,
    read_name,
)


class StaffPersonForm(forms.Form):
    use_required_attribute = False

    name = forms.CharField(
        label=_("姓名"),
        help_text=_("与身份证件上完全一致，例如：李娜。"),
        error_messages={"required": _("请填写姓名，例如：李娜。")},
    )
    identity_type = forms.ChoiceField(
        label=_("证件类型"),
        choices=[("", _("请选择")), *IdentityType.choices],
        initial=IdentityType.RESIDENT_ID,
        error_messages={"required": _("请选择证件类型。")},
    )
    identity_number = FieldWithHelps(
        label=_("证件号码"),
        max_length=60,
        error_messages={"required": _("请填写证件号码，与证件上一致。")},
        chosen_by="identity_type",
        helps=NUMBER_HELPS,
    )
    country = forms.ChoiceField(
        label=_("证件签发国家或地区（只有护照和其他证件需要）"),
        choices=lambda: [("", _("请选择")), *country_choices()],
        required=False,
        widget=forms.Select(attrs={"data-asked-with": "passport other"}),
    )

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_name(self):
        try:
            return read_name(self.cleaned_data["name"])
        except NameRefused as error:
            raise forms.ValidationError(str(error)) from error

    def clean(self):
        data = super().clean()
        kind, number = data.get("identity_type"), data.get("identity_number")
        if kind and number:
            try:
                read_identity_number(kind, number, today=self.today)
            except IdentityNumberRefused as error:
                self.add_error("identity_number", str(error))
        if kind == IdentityType.PASSPORT and not data.get("country"):
            self.add_error("country", _("请选择护照的签发国家或地区。"))
        return data


class RelatedPersonForm(forms.Form):
    """A person whose cases are not for this officer."""

    use_required_attribute = False
    prefix = "person"

    tie = forms.ChoiceField(
        label=_("与您的关系"),
        choices=[("", _("请选择")), *Tie.choices],
        error_messages={"required": _("请选择关系。")},
    )
    name = forms.CharField(
        label=_("对方姓名"), max_length=60, error_messages={"required": _("请填写对方姓名，例如：李娜。")}
    )
    identity_type = forms.ChoiceField(
        label=_("对方证件类型"), choices=IdentityType.choices, initial=IdentityType.RESIDENT_ID
    )
    identity_number = forms.CharField(
        label=_("对方证件号码"),
        max_length=60,
        help_text=_("按证件号码认人，不按姓名猜测。居民身份证为 18 位，例如 11010519491231002X。"),
        error_messages={"required": _("请填写证件号码，与证件上一致。")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class EmployerForm(forms.Form):
    """An employer of this officer, past or present."""

    use_required_attribute = False
    prefix = "employer"

    name = forms.CharField(
        label=_("单位全称"),
        max_length=100,
        help_text=_("例如：浙江某某会计师事务所（特殊普通合伙）。"),
        error_messages={"required": _("请填写单位全称，例如：浙江某某会计师事务所（特殊普通合伙）。")},
    )
    from_on = DateBoxesField(label=_("从哪天开始"), required=False)
    to_on = DateBoxesField(label=_("到哪天为止（仍在职的不填）"), required=False)

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("from_on", "to_on"):
            self.fields[name].latest = today
