"""One outcome about a member as the office writes it down, and the end of one."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.core.date_boxes import DateBoxesField
from apps.members.enums import MemberKind
from apps.members.selectors import membership_by_number
from apps.standing.enums import MATTER_OF, OUTCOMES, YEARLY, Matter
from apps.standing.selectors.reading import problems_in_record
from apps.standing.services import RecordEntry


class MemberRecordForm(forms.Form):
    use_required_attribute = False

    kind = forms.ChoiceField(
        label=_("会员类别"),
        choices=MemberKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择会员类别。")},
    )
    number = forms.CharField(
        label=_("会员编号"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
        error_messages={"required": _("请填写会员编号，例如 332026000001。")},
    )
    outcome = forms.ChoiceField(
        label=_("记录什么"),
        choices=[
            ("", _("请选择")),
            *((matter.label, [(o.value, o.label) for o in outcomes]) for matter, outcomes in OUTCOMES.items()),
        ],
        error_messages={"required": _("请选择记录什么，例如“年检通过”。")},
    )
    year = forms.IntegerField(
        label=_("年度"),
        required=False,
        help_text=_("年检、继续教育和会费填写，例如 2025。"),
        widget=forms.TextInput(attrs={"class": "short", "inputmode": "numeric"}),
        error_messages={"invalid": _("请填写四位数的年份，例如 2025。")},
    )
    hours = forms.IntegerField(
        label=_("学时"),
        required=False,
        min_value=0,
        max_value=1000,
        help_text=_("只有继续教育填写，例如 40。"),
        widget=forms.TextInput(attrs={"class": "short", "inputmode": "numeric"}),
        error_messages={
            name: _("请填写 0 至 1000 之间的整数，例如 40。") for name in ("invalid", "min_value", "max_value")
        },
    )
    decided_on = DateBoxesField(label=_("决定日期"), help_text=_("程序填写开始的日期，例如 2026年4月20日。"))
    until_on = DateBoxesField(
        label=_("不再有效的日期"),
        required=False,
        help_text=_("已经办结的程序、暂停执业期满的日期；仍在进行的不填。"),
    )
    document = forms.CharField(
        label=_("文书号"), max_length=120, required=False, help_text=_("惩戒、处罚和程序填写，例如：会协〔2026〕8号。")
    )
    source = forms.CharField(
        label=_("来源"),
        max_length=200,
        help_text=_("谁报送的，例如：浙江省注册会计师协会。会员会看到。"),
        error_messages={"required": _("请填写来源，例如：浙江省注册会计师协会。")},
    )

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["decided_on"].latest = today
        self.membership = None

    def clean(self):
        data = super().clean()
        matter = MATTER_OF.get(data.get("outcome"))
        self._find_member(data)
        if matter is not None:
            data |= {"year": data.get("year") if matter in YEARLY else None}
            data |= {"hours": data.get("hours") if matter == Matter.CPE else None}
            for problem in problems_in_record(matter, data, today=self.today):
                if problem.column not in self.errors:
                    self.add_error(problem.column, problem.sentence)
        return data

    def entry(self) -> RecordEntry:
        data = self.cleaned_data
        names = ("outcome", "year", "hours", "decided_on", "until_on", "document", "source")
        return RecordEntry(matter=MATTER_OF[data["outcome"]], **{name: data[name] for name in names})

    def _find_member(self, data: dict) -> None:
        if data.get("kind") and data.get("number"):
            self.membership = membership_by_number(data["kind"], data["number"])
            if self.membership is None:
                self.add_error("number", _("没有这个编号的会员。请核对会员类别和编号。"))


class EndForm(forms.Form):
    use_required_attribute = False

    on = DateBoxesField(
        label=_("不再有效的日期"), help_text=_("从这一天起，这条记录不再影响会员，例如 2026年11月20日。")
    )

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["on"].latest = today
