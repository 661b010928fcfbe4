"""The register's own number of somebody who was a CPA. It finds their record; nothing of it is shown here."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.applicants.enums import Field, Page
from apps.core.date_boxes import DateBoxesField
from apps.core.half_width import HalfWidthField
from apps.core.page_form import PageForm
from apps.members.selectors import normalise_member_number

SHAPE = re.compile(r"\d{12}|\d{6}", re.ASCII)
"""12 digits; six in firms of the first years (domain.md, section 3)."""


class PractisingRecordForm(PageForm):
    """The same answer whether the register knows the number or not: an officer compares."""

    page = Page.PRACTISING

    cpa_number = HalfWidthField(
        label=_("注册会计师证书编号"),
        help_text=_("12 位数字，例如 330000120001；早期证书是 6 位。姓名、证件已在前一页填写，不用再填。"),
        error_messages={"required": _("请填写注册会计师证书编号，例如 330000120001。")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "spellcheck": "false"}),
    )
    stopped_on = DateBoxesField(
        label=_("停止执业或被撤销、注销注册的日期"),
        help_text=_("不能确定具体哪一天的，写最接近的一天：以注册记录为准。例如 2023年6月30日。"),
        error_messages={"required": _("请填写停止执业或被撤销、注销注册的日期，例如 2023年6月30日。")},
    )

    def initial_from(self, saved: dict) -> dict:
        initial = super().initial_from(saved)
        asked_before = saved.get("eligibility", {}).get(Field.STOPPED_ON)
        return initial | {Field.STOPPED_ON: initial[Field.STOPPED_ON] or asked_before}

    def clean_cpa_number(self):
        number = normalise_member_number(self.cleaned_data[Field.CPA_NUMBER])
        if not SHAPE.fullmatch(number):
            raise forms.ValidationError(
                _("注册会计师证书编号应为 12 位数字（早期证书为 6 位），您填写了 %(length)s 位。例如 330000120001。"),
                params={"length": len(number)},
            )
        return number
