"""What the forms of an office have in common: each carries the version of the case that the officer saw."""

from django import forms
from django.utils.translation import gettext_lazy as _

STALE = _("页面已经过期，请刷新后重试。")


class VersionedForm(forms.Form):
    """`case` is the record as the page shows it."""

    version = forms.IntegerField(widget=forms.HiddenInput, error_messages={"required": STALE, "invalid": STALE})

    def __init__(self, *args, case, **kwargs):
        kwargs.setdefault("initial", {"version": case.version})
        super().__init__(*args, **kwargs)


class TickedLines(forms.Form):
    """A box for each line of a checklist that needs a person: what the officer has looked at."""

    def __init__(self, *args, lines, **kwargs):
        super().__init__(*args, **kwargs)
        self._keys = [line.key for line in lines if line.needs_person]
        for line in lines:
            if line.needs_person:
                self.fields[f"seen_{line.key}"] = forms.BooleanField(
                    label=_("我已核对：%(line)s") % {"line": line.sentence},
                    error_messages={"required": _("请核对后勾选：%(line)s") % {"line": line.sentence}},
                )

    def confirmed(self) -> set[str]:
        """The keys of the lines that were ticked."""
        return {key for key in self._keys if self.cleaned_data.get(f"seen_{key}")}


class ReasonForm(forms.Form):
    """A reason of the catalogue, and what the officer adds to it; `note_hint` says who reads that."""

    note_hint: str

    reason = forms.ChoiceField(
        label=_("理由"),
        widget=forms.RadioSelect,
        error_messages={"required": _("请从目录中选择一项理由。"), "invalid_choice": _("请从目录中选择一项理由。")},
    )
    note = forms.CharField(
        label=_("补充说明"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args, reasons, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = [(reason.code, reason.text) for reason in reasons]
        self.fields["note"].help_text = self.note_hint
