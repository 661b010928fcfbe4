"""Forms of the office. Each carries the version of the case that the officer saw."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from apps.applicants.enums import Field
from apps.applicants.models import Application
from apps.applicants.selectors.answers import SHOWN_ELSEWHERE, shown_answer
from apps.applicants.selectors.corrections import freely_asked_fields, missing_late_reason
from apps.applicants.selectors.document_numbers import missing_in_document_number, normalise_document_number
from apps.core.case_forms import STALE, TickedLines, VersionedForm


class CaseForm(VersionedForm):
    """Base: what every decision on one case carries."""

    def __init__(self, *args, application: Application, **kwargs):
        super().__init__(*args, case=application, **kwargs)


class TickedForm(TickedLines, CaseForm):
    """What the officer has looked at in person."""


class AgreementForm(TickedForm):
    """What the checklist leaves to a person, box by box."""


class ReasonForm(CaseForm):
    """Refuse, or return: a reason of the catalogue, and what the officer adds to it."""

    reason = forms.ChoiceField(
        label=_("理由"),
        widget=forms.RadioSelect,
        error_messages={"required": _("请从目录中选择一项理由。"), "invalid_choice": _("请从目录中选择一项理由。")},
    )
    note = forms.CharField(
        label=_("补充说明"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args, reasons, note_hint: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = [(reason.code, _with_clause(reason)) for reason in reasons]
        self.fields["note"].help_text = note_hint


class CorrectionForm(CaseForm):
    """One tick and one note a field; a note without its tick counts as asked."""

    def __init__(self, *args, application: Application, **kwargs):
        super().__init__(*args, application=application, **kwargs)
        self._application = application
        self._free = freely_asked_fields(application)
        if self._free != set(Field.values):
            self.fields["late_reason"] = forms.CharField(
                label=_("为什么现在才提出"),
                required=False,
                max_length=500,
                help_text=_(
                    "上次没有要求补正、申请人也没有改动的内容，应当上次一并提出。现在要提出的，请写明原因，中注协会看到。"
                    "例如：考试办公室 3 月 5 日才回复，证书日期与名单不同。"
                ),
                widget=forms.Textarea(attrs={"rows": 3}),
            )
        for field in Field:
            self.fields[f"ask_{field}"] = forms.BooleanField(label=field.label, required=False)
            self.fields[f"note_{field}"] = forms.CharField(
                label=_("%(field)s：需要怎样补正") % {"field": field.label},
                required=False,
                max_length=500,
                widget=forms.TextInput(attrs={"placeholder": _("需要怎样补正")}),
            )

    def lines(self):
        """(tick, note, present answer, whether asking now needs a reason) of each field, for the page."""
        return [
            (self[f"ask_{field}"], self[f"note_{field}"], self._present(field), field not in self._free)
            for field in Field
        ]

    def _present(self, field: Field) -> str:
        return "" if field in SHOWN_ELSEWHERE else shown_answer(self._application, field)

    def clean(self):
        cleaned = super().clean()
        for field in Field:
            if cleaned.get(f"ask_{field}") and not cleaned.get(f"note_{field}", "").strip():
                sentence = _("请写明“%(field)s”需要怎样补正，例如“请换成白底一寸照”。")
                self.add_error(f"note_{field}", sentence % {"field": field.label})
        if not self.errors and not self.items():
            self.add_error(None, _("请至少选择一项需要补正的内容，并写明怎样补正。"))
        for sentence in missing_late_reason(self.items(), self._free, self.why_late):
            self.add_error("late_reason", sentence)
        return cleaned

    @property
    def why_late(self) -> str:
        return self.cleaned_data.get("late_reason", "")

    def items(self) -> list[tuple[str, str]]:
        notes = [(field.value, self.cleaned_data.get(f"note_{field}", "").strip()) for field in Field]
        return [(field, note) for field, note in notes if note]


class SendingForm(forms.Form):
    """`seen` is the mark of the contents that the officer saw."""

    seen = forms.CharField(widget=forms.HiddenInput, error_messages={"required": STALE})


class ItemsField(forms.MultipleChoiceField):
    """Items of a batch as `reference:version`. An older version passes: the service answers for that item alone."""

    def valid_value(self, value) -> bool:
        reference, _colon, version = value.partition(":")
        return version.isdigit() and any(choice.startswith(f"{reference}:") for choice, _label in self.choices)


class ConfirmationForm(forms.Form):
    """Several items of one batch and the number of the document that admits them."""

    document_number = forms.CharField(
        label=_("批复文号"),
        max_length=60,
        help_text=_("例如：会协〔2026〕12号。同一文号的入会人员公布在同一份公告中。"),
        widget=forms.TextInput(attrs={"class": "short"}),
        error_messages={"required": _("请填写批复文号，例如：会协〔2026〕12号。")},
    )
    items = ItemsField(
        label=_("通过复核的申请"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("请至少勾选一件申请。"),
            "invalid_choice": _("有一件申请在您打开页面以后已经变化，请核对最新内容后重新勾选。"),
        },
    )

    def __init__(self, *args, applications, year: int, ticked=(), **kwargs):
        super().__init__(*args, initial={"items": [item_value(case) for case in ticked]}, **kwargs)
        self._year = year
        self._ids = {application.reference: application.pk for application in applications}
        self.fields["items"].choices = [
            (item_value(application), _("选择 %(reference)s") % {"reference": application.reference})
            for application in applications
        ]

    def clean_document_number(self) -> str:
        number = normalise_document_number(self.cleaned_data["document_number"])
        if missing := missing_in_document_number(number, year=self._year):
            raise forms.ValidationError(missing)
        return number

    def chosen(self) -> list[tuple]:
        """(id, version) of each ticked item."""
        ticked = [value.split(":") for value in self.cleaned_data["items"]]
        return [(self._ids[reference], int(version)) for reference, version in ticked]


class DocumentNumberForm(forms.Form):
    """The number of the document under which several are admitted; the boxes stand in the list itself."""

    document_number = ConfirmationForm.base_fields["document_number"]

    def __init__(self, *args, year: int, **kwargs):
        super().__init__(*args, **kwargs)
        self._year = year

    clean_document_number = ConfirmationForm.clean_document_number


class CaseConfirmationForm(TickedForm):
    """One case, confirmed from its own page, with what waits on it."""

    document_number = ConfirmationForm.base_fields["document_number"]

    def __init__(self, *args, year: int, **kwargs):
        super().__init__(*args, **kwargs)
        self._year = year

    clean_document_number = ConfirmationForm.clean_document_number


def item_value(application: Application) -> str:
    """What a box of the batch page carries: the case, and the version that was seen."""
    return f"{application.reference}:{application.version}"


def _with_clause(reason) -> str:
    if not reason.clause:
        return reason.text
    return reason.text + gettext("（%(clause)s）") % {"clause": reason.clause}
