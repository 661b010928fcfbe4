"""The address and the code that proves it."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from apps.core.half_width import HalfWidthEmailField, HalfWidthField

SHAPE = re.compile(r"[A-Z]{2}-\d{4}-[A-Z0-9]{4}-[A-Z0-9]{2}")
"""Of a reference, as the submission gives it."""


class EmailForm(forms.Form):
    use_required_attribute = False

    email = HalfWidthEmailField(
        label=_("电子邮箱"),
        help_text=_("我们把六位数字的验证码发到这里，以后的通知也发到这里。请填写您自己常用的邮箱。"),
        error_messages={
            "required": _("请填写电子邮箱，例如 wang@example.com。"),
            "invalid": _("这不像一个邮箱地址。请核对，例如 wang@example.com。"),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class CodeForm(forms.Form):
    use_required_attribute = False

    code = HalfWidthField(
        label=_("六位数字的验证码"),
        help_text=_("在我们刚发出的邮件里，10 分钟内有效。"),
        max_length=20,
        error_messages={
            "required": _("请填写邮件中的六位数字，例如 048217。"),
            "max_length": _("验证码是六位数字，例如 048217。"),
        },
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )

    def refuse(self, error) -> None:
        """Say what was wrong, and how many guesses are left."""
        left = error.attempts_left
        guesses = ngettext("还可以再试 %(n)s 次。", "还可以再试 %(n)s 次。", left or 0) % {"n": left}
        self.add_error("code", f"{error} {guesses}" if left else str(error))


class LookupForm(EmailForm):
    """Where is my application: the reference, and the address given with it."""

    field_order = ("reference", "email")
    reference = HalfWidthField(
        label=_("申请编号"),
        help_text=_("在提交后的页面和邮件里，例如 ZJ-2026-7K4M-9Q。"),
        max_length=40,
        error_messages={
            "required": _("请填写申请编号，例如 ZJ-2026-7K4M-9Q。"),
            "max_length": _("申请编号像 ZJ-2026-7K4M-9Q 这样，请核对。"),
        },
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].help_text = _("申请时使用的邮箱。验证码发到这里，确认是您本人后显示进度。")

    def clean_reference(self):
        """Only the shape is checked here: whether there is such a case is nobody's business but its applicant's."""
        reference = re.sub(r"[–—−]", "-", "".join(self.cleaned_data["reference"].upper().split()))
        if not SHAPE.fullmatch(reference):
            raise forms.ValidationError(_("申请编号像 ZJ-2026-7K4M-9Q 这样，请核对。"))
        return reference
