"""What an association asks of whoever comes after the five years: the result of a test, or proof of education."""

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.applicants.enums import Field, LateMode, Page
from apps.applicants.selectors.drafts import late_mode_at
from apps.core.date_boxes import DateBoxesField
from apps.core.half_width import HalfWidthField
from apps.core.page_form import PageForm

ASKED = {
    LateMode.CLOSED: (Field.LATE_TEST_ON, Field.LATE_TEST_NUMBER, Field.LATE_CPE),
    LateMode.TEST: (Field.LATE_TEST_ON, Field.LATE_TEST_NUMBER),
    LateMode.CPE_PROOF: (Field.LATE_CPE,),
}
"""Where the association closed the way meanwhile, a correction may still ask for any of it."""


class LateForm(PageForm):
    page = Page.LATE

    late_test_on = DateBoxesField(
        label=_("相关测试的日期"),
        help_text=_("例如 2026年6月14日。"),
        error_messages={"required": _("请填写参加相关测试的日期，例如 2026年6月14日。")},
    )
    late_test_number = HalfWidthField(
        label=_("成绩单编号"),
        help_text=_("写在测试成绩单上，与成绩单完全一致。"),
        max_length=40,
        error_messages={"required": _("请填写成绩单编号，与成绩单上的一致，例如 CS2026-0123。")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    late_cpe = forms.CharField(
        label=_("取得全科合格证后的继续教育"),
        help_text=_("请逐年写明学时和举办单位，例如：2021 年 40 学时，浙江省注册会计师协会；2022 年 40 学时……"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={
            "required": _("请写明继续教育的年份、学时和举办单位，例如：2021 年 40 学时，浙江省注册会计师协会。"),
            "max_length": _("最多 2000 个字。请只写年份、学时和举办单位。"),
        },
    )

    @property
    def mode(self) -> LateMode:
        return late_mode_at(self.saved.get(Field.ASSOCIATION) or None, on=self.today)

    def narrow(self, only: set[str]) -> None:
        super().narrow(only & set(ASKED[self.mode]) or only)
