"""Forms of the office. Each carries the version of the letter that the officer saw."""

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.core.case_forms import ReasonForm, VersionedForm
from apps.letters.models import Letter


class LetterForm(VersionedForm):
    """Base: what every act on one letter carries. By itself it is the press of a button."""

    use_required_attribute = False

    def __init__(self, *args, letter: Letter, **kwargs):
        super().__init__(*args, case=letter, **kwargs)


class WhyForm(LetterForm):
    why = forms.CharField(
        label=_("理由"),
        max_length=1000,
        help_text=_("经办人会看到，例如：惩戒记录已更新，请重新核对。"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("请写明理由。")},
    )


class RefusalForm(ReasonForm, LetterForm):
    note_hint = _("批准后会员会看到。写明事实和可以怎样做，例如：请先向所属协会更正入会日期。")
