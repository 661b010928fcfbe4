from django import forms
from django.utils.translation import gettext_lazy as _

from apps.core.half_width import HalfWidthEmailField


class SeatForm(forms.Form):
    """Whom to seat: a name to show, and the address with which they sign in."""

    use_required_attribute = False

    name = forms.CharField(
        label=_("姓名"),
        max_length=60,
        error_messages={"required": _("请填写姓名，例如：王小明。")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    email = HalfWidthEmailField(
        label=_("电子邮箱"),
        help_text=_("用这个邮箱登录，登录时另需验证器的动态验证码。"),
        error_messages={
            "required": _("请填写电子邮箱，例如 wang@example.com。"),
            "invalid": _("这不像一个邮箱地址。请核对，例如 wang@example.com。"),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
