from django import forms
from django.utils.translation import gettext_lazy as _

from apps.associations.selectors import association_choices
from apps.members.selectors import normalise_member_number
from apps.people.selectors import normalise_name


class RegisterSearchForm(forms.Form):
    """Exact name or number; firm and association only narrow."""

    name = forms.CharField(
        label=_("姓名"),
        required=False,
        max_length=50,
        help_text=_("须与注册会计师证书上的姓名完全一致，例如：王小明"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    number = forms.CharField(
        label=_("注册会计师证书编号"),
        required=False,
        max_length=30,
        help_text=_("12 位数字，早期证书为 6 位，例如：330000010001"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )
    firm = forms.CharField(
        label=_("会计师事务所"), required=False, max_length=100, help_text=_("名称中的几个字，或 8 位执业证书编号")
    )
    association = forms.ChoiceField(label=_("所属协会"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["association"].choices = [("", _("全国")), *association_choices()]

    def clean_name(self):
        return normalise_name(self.cleaned_data["name"])

    def clean_number(self):
        return normalise_member_number(self.cleaned_data["number"])

    def clean(self):
        values = super().clean()
        if not self.errors and not values.get("name") and not values.get("number"):
            self.add_error("name", _("请填写完整的姓名或证书编号。只选事务所或协会不能列出人员。"))
        return values
