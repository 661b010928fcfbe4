"""Which case, and the address that was given with it."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.core.half_width import HalfWidthEmailField, HalfWidthField


class EmailForm(forms.Form):
    use_required_attribute = False

    email = HalfWidthEmailField(
        label=_("电子邮箱"),
        error_messages={
            "required": _("请填写电子邮箱，例如 wang@example.com。"),
            "invalid": _("这不像一个邮箱地址。请核对，例如 wang@example.com。"),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class CaseLookupForm(EmailForm):
    """`shape` and `example` are those of the references; `where_from` says where the reader finds the reference."""

    shape: re.Pattern
    example: str
    where_from: str
    whose_email: str
    field_order = ("reference", "email")

    reference = HalfWidthField(
        label=_("申请编号"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        reference, email = self.fields["reference"], self.fields["email"]
        reference.help_text, email.help_text = self.where_from, self.whose_email
        reference.error_messages["required"] = _("请填写申请编号，例如 %(example)s。") % {"example": self.example}
        reference.error_messages["max_length"] = self._mend()

    def _mend(self) -> str:
        return _("申请编号像 %(example)s 这样，请核对。") % {"example": self.example}

    def clean_reference(self):
        """Only the shape is checked here: whether there is such a case is nobody's business but its owner's."""
        reference = re.sub(r"[–—−]", "-", "".join(self.cleaned_data["reference"].upper().split()))
        if not self.shape.fullmatch(reference):
            raise forms.ValidationError(self._mend())
        return reference
