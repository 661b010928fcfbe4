"""The few questions before any form."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.applicants.enums import Practising
from apps.core.date_boxes import DateBoxesField
from apps.people.enums import IdentityType

PLEASE_CHOOSE = {"required": _("请选择一项。")}


class QuestionForm(forms.Form):
    """One question. `answers()` is what the session keeps."""

    use_required_attribute = False

    def __init__(self, data=None, *, kept: dict, today: date):
        super().__init__(data, initial=self.initial_from(kept))
        for field in self.fields.values():
            if isinstance(field, DateBoxesField):
                field.latest = today

    def initial_from(self, kept: dict) -> dict:
        return kept

    def needs_date(self, name: str, sentence: str) -> None:
        if not self.cleaned_data.get(name) and name not in self.errors:
            self.add_error(name, sentence)

    def answers(self) -> dict:
        return {k: v.isoformat() if isinstance(v, date) else v for k, v in self.cleaned_data.items()}


class PractisingForm(QuestionForm):
    practising = forms.ChoiceField(
        label=_("您与执业的关系"), choices=Practising, widget=forms.RadioSelect, error_messages=PLEASE_CHOOSE
    )
    stopped_on = DateBoxesField(
        label=_("停止执业或被撤销、注销注册的日期"),
        help_text=_("只有曾经是注册会计师的人需要填写，例如 2023年6月30日。"),
        required=False,
        needed_by_case=True,
    )

    def clean(self):
        if self.cleaned_data.get("practising") == Practising.STOPPED:
            self.needs_date("stopped_on", _("请填写停止执业或被撤销、注销注册的日期，例如 2023年6月30日。"))
        return self.cleaned_data


class CertificateQuestionForm(QuestionForm):
    has_certificate = forms.ChoiceField(
        label=_("您取得全科合格证了吗？"),
        choices=[("yes", _("已经取得（证书丢失也算）")), ("no", _("还没有"))],
        widget=forms.RadioSelect,
        error_messages=PLEASE_CHOOSE,
    )
    certificate_on = DateBoxesField(
        label=_("全科合格证上的日期"),
        help_text=_("申请期限从这一天算起。例如 2024年12月20日。"),
        required=False,
        needed_by_case=True,
    )

    def initial_from(self, kept: dict) -> dict:
        if "has_certificate" not in kept:
            return kept
        return kept | {"has_certificate": "yes" if kept["has_certificate"] else "no"}

    def clean(self):
        if self.cleaned_data.get("has_certificate") == "yes":
            self.needs_date("certificate_on", _("请填写全科合格证上的日期，例如 2024年12月20日。"))
        return self.cleaned_data

    def answers(self) -> dict:
        return super().answers() | {"has_certificate": self.cleaned_data["has_certificate"] == "yes"}


class DocumentQuestionForm(QuestionForm):
    identity_type = forms.ChoiceField(
        label=_("您用哪一种身份证件申请？"),
        help_text=_("请选择报名参加考试时使用的证件；已经换证的，选择现在的证件。"),
        choices=IdentityType,
        widget=forms.RadioSelect,
        error_messages=PLEASE_CHOOSE,
    )


QUESTIONS = {
    "practising": PractisingForm,
    "certificate": CertificateQuestionForm,
    "document": DocumentQuestionForm,
}
"""By the last part of their address, in their order."""
