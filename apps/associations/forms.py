"""Seats: who sits where, from when, until when."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from apps.accounts.enums import Role
from apps.accounts.policies import NATIONAL_ROLES
from apps.accounts.selectors import normalise_email
from apps.associations.enums import NATIONAL_CODE
from apps.associations.selectors import association_choices
from apps.core.date_boxes import DateBoxesField


class PlaceForm(forms.Form):
    """A role at a body, from a day on."""

    use_required_attribute = False

    role = forms.ChoiceField(
        label=_("角色"),
        choices=[("", _("请选择")), *Role.choices],
        error_messages={"required": _("请选择角色，例如“地方注协经办”。")},
    )
    association = forms.ChoiceField(
        label=_("所在协会"),
        choices=lambda: [("", _("请选择")), *association_choices()],
        help_text=_("除“地方注协经办”外，其他角色都设在中国注册会计师协会。"),
        error_messages={"required": _("请选择协会，例如浙江省注册会计师协会。")},
    )
    from_on = DateBoxesField(label=_("从哪一天起"), help_text=_("这一天起可以办理，例如 2026年12月1日。"))

    def clean(self):
        data = super().clean()
        if data.get("role") in NATIONAL_ROLES and data.get("association", NATIONAL_CODE) != NATIONAL_CODE:
            self.add_error("association", _("这个角色是全国性的，请选择中国注册会计师协会。"))
        return data


class InvitationForm(PlaceForm):
    """A seat for somebody who may be new to the portal."""

    email = forms.EmailField(
        label=_("单位电子邮箱"),
        max_length=254,
        help_text=_("用来登录。没有账号的，系统会建立账号并发邮件说明怎样开始；不设初始密码。"),
        error_messages={
            "required": _("请填写电子邮箱，例如 li.na@example.com。"),
            "invalid": _("电子邮箱不完整，请核对，例如 li.na@example.com。"),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    display_name = forms.CharField(
        label=_("姓名"),
        max_length=60,
        help_text=_("同事看到的名字，例如：李娜。"),
        error_messages={"required": _("请填写姓名，例如：李娜。")},
    )
    to_on = DateBoxesField(label=_("到哪一天止"), required=False, help_text=_("包括这一天。临时顶岗请填写。"))

    field_order = ["email", "display_name", "role", "association", "from_on", "to_on"]

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_email(self):
        return normalise_email(self.cleaned_data["email"])

    def clean_from_on(self):
        day = self.cleaned_data["from_on"]
        if day and day < self.today:
            raise ValidationError(_("起始日不能早于今天：过去的事不能补授权限。"))
        return day

    def clean(self):
        data = super().clean()
        first, last = data.get("from_on"), data.get("to_on")
        if first and last and last < first:
            self.add_error("to_on", _("最后一天早于起始日，请核对两个日期。"))
        return data


class EndForm(forms.Form):
    use_required_attribute = False

    last_on = DateBoxesField(label=_("最后一天"), help_text=_("包括这一天，最早是今天。"))

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_last_on(self):
        if self.cleaned_data["last_on"] < self.today:
            raise ValidationError(_("最后一天不能早于今天。要立即停止，请填写今天。"))
        return self.cleaned_data["last_on"]


class SeatFilterForm(forms.Form):
    """What the list shows: its address says it all. What cannot be read is left out, as if not asked for."""

    VIEWS = [("", _("现任和将任")), ("due", _("本季度待复核")), ("ended", _("已终止"))]

    view = forms.ChoiceField(label=_("显示"), choices=VIEWS, required=False)
    role = forms.ChoiceField(label=_("角色"), choices=[("", _("全部")), *Role.choices], required=False)
    association = forms.ChoiceField(
        label=_("协会"), choices=lambda: [("", _("全部")), *association_choices()], required=False
    )

    def wanted(self) -> dict[str, str]:
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}


class LeaveForm(forms.Form):
    """Days of leave, both included, and who looks after the cases."""

    use_required_attribute = False

    from_on = DateBoxesField(label=_("第一天"), help_text=_("例如 2026年12月1日。"))
    to_on = DateBoxesField(label=_("最后一天"), help_text=_("这一天也算休假，例如 2026年12月5日。"))
    cover = forms.ChoiceField(
        label=_("代办同事"),
        help_text=_("休假期间，您名下的申请也列在这位同事的“由我办理”里，可以接办。"),
        error_messages={
            "required": _("请选择代办同事。"),
            "invalid_choice": _("请从列表中选择一位本协会的同事。"),
        },
    )

    def __init__(self, *args, colleagues, **kwargs):
        super().__init__(*args, **kwargs)
        names = [(str(colleague.user_id), colleague.name) for colleague in colleagues]
        self.fields["cover"].choices = [("", _("请选择")), *names]
