"""The six digits that a mail has brought."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from apps.core.half_width import HalfWidthField


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
