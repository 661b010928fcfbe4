from django import forms
from django.utils.translation import gettext_lazy as _

from apps.dashboard.enums import Scheme, TextSize


class DisplayForm(forms.Form):
    text = forms.ChoiceField(label=_("文字大小"), choices=TextSize.choices, widget=forms.RadioSelect)
    scheme = forms.ChoiceField(label=_("颜色"), choices=Scheme.choices, widget=forms.RadioSelect)
