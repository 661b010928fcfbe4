"""What a member shows, to whom, for how long."""

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.verification.enums import MOST_DAYS, MOST_OPENINGS, SharedField
from apps.verification.selectors import Wish


class LinkForm(forms.Form):
    fields_shown = forms.MultipleChoiceField(
        label=_("除查验结果外，还让对方看到什么"),
        help_text=_("不选任何一项时，对方只看到查验结果和隐去名字的姓名。"),
        choices=SharedField.choices,
        initial=[SharedField.NAME],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    days = forms.IntegerField(
        label=_("几天内有效"),
        initial=7,
        min_value=1,
        max_value=MOST_DAYS,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": _("请填写天数，例如 7。"),
            "invalid": _("请用数字填写天数，例如 7。"),
            "min_value": _("至少 1 天。"),
            "max_value": _("最多 90 天；到期以后可以再建一个链接。"),
        },
    )
    most_openings = forms.IntegerField(
        label=_("最多打开几次"),
        initial=3,
        min_value=1,
        max_value=MOST_OPENINGS,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": _("请填写次数，例如 3。"),
            "invalid": _("请用数字填写次数，例如 3。"),
            "min_value": _("至少 1 次。"),
            "max_value": _("最多 50 次；用完以后可以再建一个链接。"),
        },
    )
    note = forms.CharField(
        label=_("给谁看"),
        help_text=_("只有您自己看得到，方便以后辨认，例如“某某银行人事部”。"),
        max_length=60,
        required=False,
    )

    def __init__(self, *args, has_firm: bool, **kwargs):
        super().__init__(*args, **kwargs)
        choices = [choice for choice in SharedField.choices if has_firm or choice[0] != SharedField.FIRM]
        self.fields["fields_shown"].choices = choices

    def wish(self) -> Wish:
        said = self.cleaned_data
        return Wish(said["fields_shown"], said["days"], said["most_openings"], said["note"])
