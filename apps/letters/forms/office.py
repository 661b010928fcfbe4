"""Forms of the office. Each carries the version of the letter that the officer saw."""

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.letters.models import Letter

STALE = _("页面已经过期，请刷新后重试。")


class LetterForm(forms.Form):
    """Base: what every act on one letter carries. By itself it is the press of a button."""

    use_required_attribute = False
    version = forms.IntegerField(widget=forms.HiddenInput, error_messages={"required": STALE, "invalid": STALE})

    def __init__(self, *args, letter: Letter, **kwargs):
        kwargs.setdefault("initial", {"version": letter.version})
        super().__init__(*args, **kwargs)


class WhyForm(LetterForm):
    why = forms.CharField(
        label=_("理由"),
        max_length=1000,
        help_text=_("经办人会看到，例如：惩戒记录已更新，请重新核对。"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("请写明理由。")},
    )


class RefusalForm(LetterForm):
    reason = forms.ChoiceField(
        label=_("理由"),
        widget=forms.RadioSelect,
        error_messages={"required": _("请从目录中选择一项理由。"), "invalid_choice": _("请从目录中选择一项理由。")},
    )
    note = forms.CharField(
        label=_("补充说明"),
        help_text=_("批准后会员会看到。写明事实和可以怎样做，例如：请先向所属协会更正入会日期。"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args, reasons, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = [(reason.code, reason.text) for reason in reasons]
