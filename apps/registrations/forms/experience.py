"""Audit work in China: 注册办法 Art. 4 asks for two years of it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.core.date_boxes import DateBoxesField
from apps.core.page_form import PageForm, as_json
from apps.registrations.enums import Field, Page

SPELLS = 3


class ExperienceForm(PageForm):
    """Up to three spells of audit work in China; the last one may still go on."""

    page = Page.EXPERIENCE

    employed_on = DateBoxesField(label=_("进入本所工作的日期"), help_text=_("以劳动合同为准，例如 2023年7月1日。"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for place in range(1, SPELLS + 1):
            self.fields |= _spell_fields(place, self.today)
        for spell, place in zip(self.saved.get(Field.EXPERIENCE) or [], range(1, SPELLS + 1), strict=False):
            for part in ("employer", "since", "until"):
                self.initial[f"{part}_{place}"] = spell.get(part)
        self.fields["attestation"] = forms.CharField(
            label=_("证明其审计工作经历的合伙人"),
            help_text=_("只有协会要求合伙人证明时填写，例如：李经理。"),
            max_length=60,
            required=False,
        )
        self.initial["attestation"] = self.saved.get(Field.ATTESTATION, "")

    def spells(self):
        """The bound fields of each spell, for the page."""
        return [(place, [self[f"{part}_{place}"] for part in ("employer", "since", "until")]) for place in (1, 2, 3)]

    def clean(self):
        data = self.cleaned_data
        for place in range(1, SPELLS + 1):
            employer, since, until = (data.get(f"{part}_{place}") for part in ("employer", "since", "until"))
            if (since or until) and not employer and f"employer_{place}" not in self.errors:
                self.refuse(f"employer_{place}", _("请填写事务所名称，例如：杭州诚信会计师事务所。"))
            if employer and not since and f"since_{place}" not in self.errors:
                self.refuse(f"since_{place}", _("请填写开始的日期，例如 2023年7月1日。"))
            if since and until and until < since:
                self.refuse(f"until_{place}", _("结束的日期早于开始的日期。请核对。"))
        if not any(data.get(f"employer_{place}") for place in range(1, SPELLS + 1)) and not self.errors:
            self.refuse("employer_1", _("请至少填写一段在中国境内从事审计业务的经历。"))
        return data

    def answers(self) -> dict:
        data = as_json(self.cleaned_data)
        spells = [
            {part: data[f"{part}_{place}"] or "" for part in ("employer", "since", "until")}
            for place in range(1, SPELLS + 1)
            if data.get(f"employer_{place}")
        ]
        return {
            Field.EMPLOYED_ON: data["employed_on"],
            Field.EXPERIENCE: spells,
            Field.ATTESTATION: data.get("attestation", "").strip(),
        }


def _spell_fields(place: int, today) -> dict:
    until = DateBoxesField(label=_("止"), help_text=_("仍在从事的不用填。"), required=False)
    since = DateBoxesField(label=_("起"), required=False)
    since.latest = until.latest = today
    employer = forms.CharField(label=_("会计师事务所"), max_length=100, required=False)
    return {f"employer_{place}": employer, f"since_{place}": since, f"until_{place}": until}
