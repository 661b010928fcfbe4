"""The notice of a year as people paste it: a day a line, or from … to …"""

import re
from datetime import date, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MOST_DAYS = 60
UNTIL = re.compile(r"\s*(?:至|~|～|—|\bto\b|\.\.)\s*")


class DaysField(forms.CharField):
    """Days of one year, each on a line: 2027-01-01, 1月1日, 1-1; or a span of them, 2027-02-05 至 2027-02-11."""

    widget = forms.Textarea(attrs={"rows": 8, "spellcheck": "false"})

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.year = None

    def clean(self, value) -> list[date]:
        text = super().clean(value)
        days = [day for line in re.split(r"[\n,，、;；]+", text) if line.strip() for day in self._days(line.strip())]
        if len(days) > MOST_DAYS:
            raise ValidationError(_("天数太多，请核对：一年最多 %(most)s 天。") % {"most": MOST_DAYS})
        return days

    def _days(self, line: str) -> list[date]:
        first, *last = [self._day(part, line) for part in UNTIL.split(line, maxsplit=1)]
        if not last:
            return [first]
        if not 0 <= (last[0] - first).days <= MOST_DAYS:
            raise ValidationError(_("“%(line)s”的先后不对，或太长。例如：2027-02-05 至 2027-02-11。") % {"line": line})
        return [first + timedelta(days=n) for n in range((last[0] - first).days + 1)]

    def _day(self, text: str, line: str) -> date:
        found = re.fullmatch(r"(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})日?", text)
        try:
            return date(int(found[1] or self.year), int(found[2]), int(found[3]))
        except (TypeError, ValueError) as error:
            raise ValidationError(
                _("“%(line)s”不是日期。请每行写一天，例如 2027-01-01，或一段，例如 2027-02-05 至 2027-02-11。")
                % {"line": line}
            ) from error


class CalendarForm(forms.Form):
    use_required_attribute = False

    notice = forms.CharField(
        label=_("国务院办公厅通知的文号"),
        max_length=120,
        help_text=_("例如：国办发明电〔2026〕7号。"),
        error_messages={"required": _("请填写通知的文号，例如：国办发明电〔2026〕7号。")},
    )
    holidays = DaysField(
        label=_("放假的日子"),
        help_text=_("每行一天或一段，例如 2027-01-01，或 2027-02-05 至 2027-02-11。周末可以写也可以不写。"),
        error_messages={"required": _("请填写放假的日子，例如 2027-01-01。")},
    )
    make_up_days = DaysField(
        label=_("调休上班的周末"), required=False, help_text=_("每行一天，例如 2027-02-14；没有就不填。")
    )

    def __init__(self, *args, year: int, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("holidays", "make_up_days"):
            self.fields[name].year = year
