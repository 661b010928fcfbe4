"""Telling us what looks wrong; noting and answering."""

import re

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from apps.complaints.enums import TipSubject
from apps.complaints.services import Telling
from apps.core.half_width import HalfWidthEmailField, HalfWidthField

TICKET = re.compile(r"[0-9a-zA-Z_-]{16,32}")


class TipForm(forms.Form):
    subject = forms.ChoiceField(
        label=_("哪里不对"),
        choices=TipSubject.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择一项；都不合适的，选“其他”。")},
    )
    code = HalfWidthField(
        label=_("查验码"),
        help_text=_("会员证或证明信上二维码旁的字母和数字。没有或看不清的，可以不填。"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    text = forms.CharField(
        label=_("您看到了什么"),
        help_text=_("例如：证上的照片是一位男士，出示的人是一位女士。"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("请写下您看到了什么，一两句就可以。")},
    )
    seen_where = forms.CharField(
        label=_("在哪里看到的"), help_text=_("例如“某某公司投标文件”，或网址。"), max_length=300, required=False
    )
    picture = forms.FileField(
        label=_("照片、截图或 PDF"),
        help_text=_("不超过 20 MB。我们只留下画面，文件里的其他信息会去掉。"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*,application/pdf"}),
    )
    contact = HalfWidthEmailField(
        label=_("您的电子邮箱"),
        help_text=_("填了，我们会把处理结果告诉您；不填也会处理。只用于答复，会加密保存。"),
        required=False,
        max_length=254,
        error_messages={"invalid": _("请填写完整的邮箱地址，例如 wang@example.com；也可以留空。")},
    )
    ticket = forms.RegexField(regex=TICKET, widget=forms.HiddenInput)

    def telling(self) -> Telling:
        said = self.cleaned_data
        fields = {name: said[name] for name in ("subject", "text", "code", "seen_where", "contact")}
        return Telling(**fields, language=get_language() or "zh-hans")


class NoteForm(forms.Form):
    text = forms.CharField(
        label=_("备注"),
        help_text=_("只有办公人员看得到。"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("请写下备注。")},
    )


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label=_("处理结果"),
        help_text=_("留了邮箱的举报人会收到这段文字：请不要写持证人的个人信息。"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("请写下处理结果，例如：经核对，这张会员证是伪造的，已移交处理。")},
    )
