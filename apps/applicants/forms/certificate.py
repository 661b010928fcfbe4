"""The certificate of all subjects: its number and its date."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.applicants.enums import Field, Page
from apps.applicants.selectors.lines import read_date
from apps.applicants.selectors.roll import normalise_certificate_number
from apps.associations.selectors import association_choices
from apps.core.date_boxes import DateBoxesField
from apps.core.half_width import HalfWidthField
from apps.core.page_form import PageForm

KNOWN_SHAPE = re.compile(r"Q[ZY]\d{9}")
"""Since 2010 (domain.md, section 3). Older ones have shapes that nobody wrote down: they only get a word of care."""


class CertificateForm(PageForm):
    """`saved["roll_day"]` is the date to fill in where the boxes are left empty (services.filling). Apart from that the
    roll is not asked here: the page is the same for whoever is on it, nearly, or not at all."""

    page = Page.CERTIFICATE

    certificate_number = HalfWidthField(
        label=_("全科合格证号"),
        help_text=_("例如 QZ24330001234。证书丢失也不要紧，填写证号即可；证号可向考试机构查询。"),
        error_messages={"required": _("请填写全科合格证号，例如 QZ24330001234。")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    certificate_on = DateBoxesField(
        label=_("全科合格证上的日期"),
        help_text=_("例如 2024年12月20日。"),
        required=False,
    )
    filled_from_roll = False
    warnings: tuple[str, ...] = ()

    def initial_from(self, saved: dict) -> dict:
        initial = super().initial_from(saved)
        asked_before = saved.get("eligibility", {}).get(Field.CERTIFICATE_ON)
        return initial | {Field.CERTIFICATE_ON: initial[Field.CERTIFICATE_ON] or asked_before}

    def clean_certificate_number(self):
        number = normalise_certificate_number(self.cleaned_data[Field.CERTIFICATE_NUMBER])
        if not 4 <= len(number) <= 30:
            raise forms.ValidationError(
                _("全科合格证号应为 4 至 30 个字符，您填写了 %(length)s 个。请核对，例如 QZ24330001234。"),
                params={"length": len(number)},
            )
        if not KNOWN_SHAPE.fullmatch(number):
            self.warnings = (
                _("证号“%(number)s”与 2010 年以后的证号（例如 QZ24330001234）不同。如与证书一致，可以继续。")
                % {"number": number},
            )
        return number

    def clean(self):
        day = read_date(self.saved.get("roll_day"))
        if day and Field.CERTIFICATE_ON in self.fields and not self._has_date():
            self.cleaned_data[Field.CERTIFICATE_ON], self.filled_from_roll = day, True
        if Field.CERTIFICATE_ON in self.fields and not self._has_date():
            self.refuse(Field.CERTIFICATE_ON, _("请填写全科合格证上的日期，例如 2024年12月20日。"))
        return self.cleaned_data

    def _has_date(self) -> bool:
        return bool(self.cleaned_data.get(Field.CERTIFICATE_ON)) or Field.CERTIFICATE_ON in self.errors

    def answers(self) -> dict:
        """With the association proposed next: the one whose province stands in the number."""
        answers = super().answers()
        number = answers.get(Field.CERTIFICATE_NUMBER, "")
        return answers | ({"roll_province": province_in(number)} if province_in(number) else {})


def province_in(number: str) -> str:
    """The association's code by the two digits after the year; empty where the number has another shape."""
    code = f"{number[4:6]}0000" if KNOWN_SHAPE.fullmatch(number) else ""
    return code if code in dict(association_choices(with_national=False)) else ""
