"""One fact as the office writes it down, and why one is withdrawn."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from apps.core.date_boxes import DateBoxesField
from apps.core.errors import PortalError
from apps.core.help_by_choice import FieldWithHelps
from apps.people.enums import IdentityType
from apps.people.selectors import NUMBER_HELPS, read_name
from apps.standing.enums import FactGround
from apps.standing.selectors.reading import problems_in_days, read_number
from apps.standing.services import FactEntry


class FactForm(forms.Form):
    use_required_attribute = False

    ground = forms.ChoiceField(
        label=_("情形"),
        choices=[("", _("请选择")), *FactGround.choices],
        error_messages={"required": _("请选择情形，例如“受刑事处罚”。")},
    )
    name = forms.CharField(label=_("姓名"), max_length=60, error_messages={"required": _("请填写姓名，例如：王小明。")})
    identity_type = forms.ChoiceField(
        label=_("证件类型"), choices=[("", _("不知道")), *IdentityType.choices], required=False
    )
    identity_number = FieldWithHelps(
        label=_("证件号码"),
        max_length=40,
        required=False,
        help_text=_("按文书填写，15 位旧号码也可以，例如 11010519491231002X。"),
        chosen_by="identity_type",
        helps=NUMBER_HELPS,
    )
    birth_on = DateBoxesField(
        label=_("出生日期"), required=False, help_text=_("知道证件号码的不必填。都不知道的，只能凭姓名核对。")
    )
    decided_on = DateBoxesField(label=_("决定日期"), help_text=_("判决、处罚或处分决定的日期，例如 2021年6月10日。"))
    completed_on = DateBoxesField(
        label=_("执行完毕日期"),
        required=False,
        help_text=_("只有刑事处罚填写；还没有执行完毕的不填。期限从这一天起算。"),
    )
    document = forms.CharField(
        label=_("文书号"),
        max_length=120,
        help_text=_("例如：（2021）浙01刑初12号。"),
        error_messages={"required": _("请填写文书号，例如：（2021）浙01刑初12号。")},
    )
    source = forms.CharField(
        label=_("来源"),
        max_length=200,
        help_text=_("谁报送的，例如：浙江省注册会计师协会。"),
        error_messages={"required": _("请填写来源，例如：浙江省注册会计师协会。")},
    )

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        for name in ("birth_on", "decided_on", "completed_on"):
            self.fields[name].latest = today

    def clean_name(self):
        try:
            return read_name(self.cleaned_data["name"])
        except PortalError as error:
            raise ValidationError(str(error)) from error

    def clean(self):
        data = super().clean()
        self._read_identity(data)
        for problem in problems_in_days(
            data.get("ground", ""),
            birth_on=data.get("birth_on"),
            decided_on=data.get("decided_on"),
            completed_on=data.get("completed_on"),
            today=self.today,
        ):
            if problem.column not in self.errors:
                self.add_error(problem.column, problem.sentence)
        return data

    def entry(self) -> FactEntry:
        return FactEntry(**self.cleaned_data)

    def _read_identity(self, data: dict) -> None:
        kind, number = data.get("identity_type", ""), data.get("identity_number", "")
        if bool(kind) != bool(number):
            self.add_error("identity_number", _("证件类型和证件号码须同时填写，或同时留空。"))
        elif kind:
            try:
                reading = read_number(kind, number, today=self.today)
            except PortalError as error:
                self.add_error("identity_number", str(error))
                return
            data["identity_number"] = reading.number
            if reading.birth_on and data.get("birth_on") not in {None, reading.birth_on}:
                self.add_error("birth_on", _("出生日期与证件号码不一致。请核对这两栏。"))
            data["birth_on"] = data.get("birth_on") or reading.birth_on


class WithdrawForm(forms.Form):
    use_required_attribute = False

    why = forms.CharField(
        label=_("撤回的理由"),
        max_length=300,
        help_text=_("例如：处罚决定已被法院撤销；同名不同人。"),
        error_messages={"required": _("请写明撤回的理由，例如：处罚决定已被法院撤销。")},
    )
