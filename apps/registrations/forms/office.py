"""Forms of the office. Each carries the version of the case that the officer saw."""

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.core.case_forms import ReasonForm, TickedLines, VersionedForm
from apps.core.date_boxes import DateBoxesField
from apps.registrations.enums import Field
from apps.registrations.models import Registration
from apps.registrations.selectors.answers import SHOWN_ELSEWHERE, shown_answer


class CaseForm(VersionedForm):
    """Base: what every act on one case carries."""

    use_required_attribute = False

    def __init__(self, *args, registration: Registration, **kwargs):
        super().__init__(*args, case=registration, **kwargs)


class AcceptForm(TickedLines, CaseForm):
    """What the officer has looked at in person."""


class ConfirmationForm(CaseForm):
    number = forms.CharField(
        label=_("全科合格信息确认单编号"),
        max_length=60,
        help_text=_("例如 财考办确〔2026〕15号"),
        error_messages={"required": _("请填写全科合格信息确认单的编号，例如 财考办确〔2026〕15号。")},
    )


class TellForm(CaseForm):
    """How the firm is told of gaps that no message has brought to it."""

    how = forms.ChoiceField(
        choices=[("phone", _("已电话告知")), ("again", _("再发一次"))],
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("请选择电话告知或再发一次。")),
    )


class GapsForm(CaseForm):
    """One tick and one note a field; a note without its tick counts as asked."""

    def __init__(self, *args, registration: Registration, is_later: bool, **kwargs):
        super().__init__(*args, registration=registration, **kwargs)
        self._registration = registration
        for field in Field:
            self.fields[f"ask_{field}"] = forms.BooleanField(label=field.label, required=False)
            self.fields[f"note_{field}"] = forms.CharField(
                label=_("%(field)s：需要怎样补正") % {"field": field.label},
                required=False,
                max_length=500,
                widget=forms.TextInput(attrs={"placeholder": _("需要怎样补正")}),
            )
        if is_later:
            self.fields["why_again"] = forms.CharField(
                label=_("为什么没有在第一次列出"),
                help_text=_("法律规定一次告知。例如：这一项是上次补正后才出现的。"),
                max_length=500,
                error_messages={"required": _("请写明为什么这些内容没有在第一次列出，例如：补正后新出现。")},
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def lines(self):
        """(tick, note, present answer) of each field, for the page."""
        return [(self[f"ask_{field}"], self[f"note_{field}"], self._present(field)) for field in Field]

    def _present(self, field: Field) -> str:
        return "" if field in SHOWN_ELSEWHERE else shown_answer(self._registration.answers, field)

    def clean(self):
        cleaned = super().clean()
        for field in Field:
            if cleaned.get(f"ask_{field}") and not cleaned.get(f"note_{field}", "").strip():
                sentence = _("请写明“%(field)s”需要怎样补正，例如“请换成白底一寸照”。")
                self.add_error(f"note_{field}", sentence % {"field": field.label})
        if not self.errors and not self.items():
            self.add_error(None, _("请至少选择一项需要补正的内容，并写明怎样补正。"))
        return cleaned

    def items(self) -> list[tuple[str, str]]:
        notes = [(field.value, self.cleaned_data.get(f"note_{field}", "").strip()) for field in Field]
        return [(field, note) for field, note in notes if note]


class ApproveForm(CaseForm):
    document_number = forms.CharField(
        label=_("批准文号"),
        max_length=60,
        help_text=_("例如：浙注协〔2026〕12号。"),
        widget=forms.TextInput(attrs={"class": "short"}),
        error_messages={"required": _("请填写批准文号，例如：浙注协〔2026〕12号。")},
    )


class WhyForm(CaseForm):
    """Why: the second officer is not convinced, or more time is needed."""

    reason = forms.CharField(
        label=_("理由"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("请写明理由。")},
    )

    def __init__(self, *args, hint: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = hint


class PlainForm(CaseForm):
    """Only the version: the press of a button."""


class RefuseForm(ReasonForm, CaseForm):
    note_hint = _("申请人会看到。写明事实和依据，例如：审计工作经历经核实为 1 年 3 个月。")


class ExportForm(forms.Form):
    use_required_attribute = False

    purpose = forms.CharField(
        label=_("用途"),
        help_text=_("写进操作记录，例如：2026年3月第一批录入监管平台。"),
        max_length=200,
        error_messages={"required": _("请写明用途，例如：2026年3月第一批录入监管平台。")},
    )
    only_new = forms.BooleanField(label=_("只要还没有导出过的"), required=False, initial=True)
    format = forms.ChoiceField(
        label=_("文件格式"),
        choices=[("xlsx", _("Excel 工作簿（XLSX）")), ("csv", "CSV")],
        initial="xlsx",
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("请选择 XLSX 或 CSV。")},
    )


class SinceForm(forms.Form):
    """Which cases and results the reconciliation compares."""

    use_required_attribute = False

    since = DateBoxesField(label=_("从哪一天起"), help_text=_("受理日期或监管平台的注册日期，例如 2026年1月1日。"))
