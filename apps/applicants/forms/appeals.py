"""An appeal, and its decision."""

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.applicants.enums import AppealAction
from apps.applicants.forms.office import CaseForm


class AppealForm(forms.Form):
    use_required_attribute = False

    grounds = forms.CharField(
        label=_("您为什么不同意"),
        help_text=_("写明哪一点不对、依据是什么。例如：名单中的证书日期有误，考试办公室 3 月 5 日已经更正。"),
        max_length=3000,
        error_messages={
            "required": _("请写明您为什么不同意，例如：名单中的证书日期有误，考试办公室已经更正。"),
            "max_length": _("最多 3000 个字。请写要点，材料可以在决定前寄给中注协注册部。"),
        },
        widget=forms.Textarea(attrs={"rows": 8}),
    )


class AppealDecisionForm(CaseForm):
    action = forms.ChoiceField(
        label=_("决定"),
        choices=AppealAction.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择一种决定。"), "invalid_choice": _("请选择一种决定。")},
    )
    answer = forms.CharField(
        label=_("理由"),
        help_text=_("申请人和所属协会都会看到。逐点回应申诉，写明事实和依据。"),
        max_length=3000,
        error_messages={"required": _("请写明理由，申请人和协会都会看到。")},
        widget=forms.Textarea(attrs={"rows": 6}),
    )
