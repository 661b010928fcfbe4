"""What an officer writes on a case: a note, a message, a question, an answer, a hold."""

from datetime import date

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from apps.applicants.forms.office import ConfirmationForm, ReasonForm
from apps.core.date_boxes import DateBoxesField

LONGEST = 2000


class WritingForm(forms.Form):
    """One text. The prefix keeps the boxes of one page apart."""

    use_required_attribute = False
    text = forms.CharField(
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": _("最多 2000 字。请写得短一些，或分成两条。")},
    )

    label = ""
    empty = ""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("prefix", self.prefix)
        super().__init__(*args, **kwargs)
        self.fields["text"].label = self.label
        self.fields["text"].error_messages["required"] = self.empty


class NoteForm(WritingForm):
    prefix = "note"
    label = _("备注内容")
    empty = _("请写下备注，例如“已致电考试办公室核实，证书属实”。")


class MessageForm(WritingForm):
    prefix = "message"
    label = _("告诉申请人的话")
    empty = _("请写下要告诉申请人的话，例如“您的材料已收齐，预计下周完成审查”。")


class QuestionForm(WritingForm):
    prefix = "question"
    label = _("问题")
    empty = _("请写下问题，例如“照片与证件照片是否已当面核对？”。")


class AnswerForm(WritingForm):
    """The answer to one question of the other office. A page may hold several: the prefix names the question."""

    label = _("答复内容")
    empty = _("请写下答复，例如“已当面核对，与证件照片一致”。")

    @classmethod
    def to(cls, question, data=None) -> "AnswerForm":
        return cls(data, prefix=f"answer-{question.pk.hex}")


class ReplyForm(WritingForm):
    """The applicant's answer to the office."""

    prefix = "reply"
    label = _("您的答复")
    empty = _("请写下您的答复，例如“我已在单位核实，证书日期应为 2024年12月20日”。")


class HoldForm(ReasonForm):
    """Why the case rests, and until when."""

    field_order = ["reason", "until", "note"]
    until = DateBoxesField(label=_("暂缓到哪一天"), help_text=_("这一天仍暂缓，第二天自动回到待决定。"))

    def __init__(self, *args, today: date, latest: date, **kwargs):
        super().__init__(*args, **kwargs)
        self._today, self._latest = today, latest
        self.fields["until"].latest = latest
        self.fields["until"].error_messages["future"] = self._out_of_range()

    def clean_until(self) -> date:
        until = self.cleaned_data["until"]
        if until and until <= self._today:
            raise forms.ValidationError(self._out_of_range())
        return until

    def _out_of_range(self) -> str:
        return _("请选择明天至 %(last)s 之间的一天。") % {"last": date_format(self._latest)}


class UndoForm(ReasonForm):
    """Why an admission was wrong; the person reads both."""

    note = forms.CharField(
        label=_("查明的事实"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("请写明查明的事实。")},
    )


class UndoConfirmationForm(forms.Form):
    """The document by which the admission is undone."""

    use_required_attribute = False
    document_number = ConfirmationForm.base_fields["document_number"]

    def __init__(self, *args, year: int, **kwargs):
        super().__init__(*args, **kwargs)
        self._year = year
        self.fields["document_number"].help_text = _(
            "撤销登记的批复文号，例如：会协〔2026〕30号。不能与入会公告的文号相同。"
        )

    clean_document_number = ConfirmationForm.clean_document_number
