"""Sign-in forms, and allauth's with our labels."""

from allauth.account import forms as account
from allauth.mfa.base import forms as second_factor
from allauth.mfa.totp import forms as totp
from django import forms
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from apps.accounts.enums import SignInKind
from apps.accounts.selectors import normalise_sign_in_value

DOORS = [SignInKind.EMAIL, SignInKind.NON_PRACTISING_NUMBER, SignInKind.PRACTISING_NUMBER]
PASSWORD_HINT = _("至少 10 个字符，不能全是数字，也不要用常见的密码，例如 password123。可以用几个词连起来，便于记忆。")


class SignInForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("用什么登录"),
        choices=[(kind.value, kind.label) for kind in DOORS],
        initial=SignInKind.EMAIL,
        widget=forms.RadioSelect,
    )
    value = forms.CharField(
        label=_("编号或邮箱"),
        error_messages={"required": _("请填写编号或邮箱，例如 332026000001 或 li.na@example.com。")},
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
        help_text=_("与上面的选择一致，例如 332026000001 或 li.na@example.com"),
    )
    password = forms.CharField(
        label=_("密码"),
        error_messages={"required": _("请输入密码；没有设置过密码，请点“用邮箱验证码登录”。")},
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text=_("没有设置过密码，或忘记了密码，请不填密码，用邮箱验证码登录。"),
    )

    def __init__(self, *args, by_password: bool = True, **kwargs):
        super().__init__(*args, **kwargs)
        self.by_password = self.fields["password"].required = by_password

    def clean(self):
        data = super().clean()
        kind, value = data.get("kind"), normalise_sign_in_value(data.get("kind", ""), data.get("value") or "")
        data["value"] = value
        if kind == SignInKind.EMAIL and value and not _is_email(value):
            self.add_error("value", _("请填写完整的邮箱，例如 li.na@example.com；用编号登录，请在上面改选编号。"))
        return data


def _is_email(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("六位验证码"),
        error_messages={"required": _("请输入邮件中的六位数字，例如 048217。")},
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "class": "code"}),
        help_text=_("在邮件里，例如 048217。十分钟内有效。"),
    )


class _OurLabels:
    """Our labels and hints on allauth's form; its placeholders go, since they vanish when one types."""

    labels: dict = {}
    hints: dict = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, "")


class ResetPasswordForm(_OurLabels, account.ResetPasswordForm):
    labels = {"email": _("账号登记的邮箱")}
    hints = {"email": _("例如 li.na@example.com")}


class _NewPassword(_OurLabels):
    labels = {"oldpassword": _("当前密码"), "password1": _("新密码"), "password2": _("再输入一次新密码")}
    hints = {"password1": PASSWORD_HINT}


class ResetPasswordKeyForm(_NewPassword, account.ResetPasswordKeyForm):
    pass


class ChangePasswordForm(_NewPassword, account.ChangePasswordForm):
    pass


class SetPasswordForm(_NewPassword, account.SetPasswordForm):
    pass


class ReauthenticateForm(_OurLabels, account.ReauthenticateForm):
    labels = {"password": _("密码")}


_CODE_LABELS = {"code": _("动态验证码")}
_CODE_HINTS = {"code": _("验证器应用中显示的六位数字，例如 048217；手机不在身边，可以输入一组恢复码。")}


class _EachCodeOnce:
    """allauth remembers a used code for 30 seconds; with one step of tolerance it would be right for longer."""

    def clean_code(self):
        code = super().clean_code()
        if not cache.add(f"second-factor-used:{self.user.pk}:{code}", True, timeout=120):
            raise ValidationError(_("这组数字已经用过。请等验证器显示下一组六位数字后再输入。"))
        return code


class SecondFactorForm(_EachCodeOnce, _OurLabels, second_factor.AuthenticateForm):
    labels, hints = _CODE_LABELS, _CODE_HINTS


class SecondFactorAgainForm(_EachCodeOnce, _OurLabels, second_factor.ReauthenticateForm):
    labels, hints = _CODE_LABELS, _CODE_HINTS


class ActivateTOTPForm(_OurLabels, totp.ActivateTOTPForm):
    labels = _CODE_LABELS
    hints = {"code": _("扫描后验证器应用中显示的六位数字，例如 048217。")}
