from django import forms
from django.utils.translation import gettext_lazy as _

from apps.dashboard.enums import Scheme, TextSize

PLAIN_WORDS = {
    forms.Field: {"required": _("请填写这一项。")},
    forms.BooleanField: {"required": _("请阅读后勾选这一项。")},
    forms.ChoiceField: {"required": _("请选择一项。"), "invalid_choice": _("请从列出的选项中选择一项。")},
    forms.FileField: {"required": _("请选择一个文件。"), "empty": _("文件是空的。请检查后重新选择。")},
}
"""What a field says that has no better sentence of its own, by kind of field; Django's words are an engineer's."""


def speak_plainly() -> None:
    """Let Django's fields use PLAIN_WORDS wherever a form does not say it better."""
    for field, words in PLAIN_WORDS.items():
        field.default_error_messages = {**field.__dict__.get("default_error_messages", {}), **words}


class DisplayForm(forms.Form):
    text = forms.ChoiceField(label=_("文字大小"), choices=TextSize.choices, widget=forms.RadioSelect)
    scheme = forms.ChoiceField(label=_("颜色"), choices=Scheme.choices, widget=forms.RadioSelect)
