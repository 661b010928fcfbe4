"""What the candidate fills in: who they are, and their word."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.core.case_lookup import CaseLookupForm
from apps.core.date_boxes import DateBoxesField
from apps.registrations.enums import Ground


class LookupForm(CaseLookupForm):
    """Which registration, and the address to which we wrote."""

    shape = re.compile(r"[A-Z]{2}-\d{4}-P[A-Z0-9]{4}-[A-Z0-9]{2}")
    example = "ZJ-2026-P7K4M-9Q"
    where_from = _("在我们发给您的邮件里，例如 ZJ-2026-P7K4M-9Q。")
    whose_email = _("收到邮件的那一个。验证码发到这里，确认是您本人。")


def _tick(label: str) -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False)


class ConfirmForm(forms.Form):
    """注册办法 Art. 5 in plain words. An honest "no" is no error: it goes to a person, with the candidate's words."""

    use_required_attribute = False

    capacity = _tick(_("我具有完全民事行为能力。"))
    full_time = _tick(_("我在这家会计师事务所专职执业，不在其他单位任职取酬。"))
    criminal = _tick(_("我没有受过刑事处罚。"))
    penalty = _tick(
        _("我没有因在财务、会计、审计、企业管理或其他经济管理工作中犯有严重错误受过行政处罚或撤职以上处分。")
    )
    revoked = _tick(_("我没有被吊销过注册会计师证书。"))
    fraud = _tick(_("我没有因以欺骗、贿赂等不正当手段取得注册会计师证书被撤销注册。"))
    note = forms.CharField(
        label=_("如有不能勾选的，请说明"),
        help_text=_("例如：2018 年因……受到行政处罚。是否符合条件由工作人员判断。"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        required=False,
    )
    criminal_on = DateBoxesField(label=_("刑罚执行完毕的日期"), required=False)
    penalty_on = DateBoxesField(label=_("处罚、处分决定生效的日期"), required=False)
    revoked_on = DateBoxesField(label=_("吊销决定生效的日期"), required=False)
    fraud_on = DateBoxesField(label=_("撤销注册决定生效的日期"), required=False)
    truth = forms.BooleanField(
        label=_("我核对了以上全部内容，真实、完整。我知道提供虚假材料取得的注册会被撤销。"),
        error_messages={"required": _("请勾选这一项：申请要求您对内容的真实性负责。不属实请选择“不同意”。")},
    )

    def clean(self):
        unticked = [name for name in ("capacity", "full_time", *Ground.values) if not self.cleaned_data.get(name)]
        if unticked and not self.cleaned_data.get("note", "").strip() and "note" not in self.errors:
            sentence = _("请逐项阅读并勾选符合的各项；不能勾选的，请在这里说明情况，例如“2018 年受过行政处罚”。")
            self.add_error("note", sentence)
        return self.cleaned_data

    def declarations(self) -> dict:
        data = self.cleaned_data
        applies = {ground: not data[ground] for ground in Ground.values}
        since = {f"{g}_on": data[f"{g}_on"].isoformat() if applies[g] and data[f"{g}_on"] else "" for g in applies}
        rest = {name: data[name] for name in ("capacity", "full_time", "truth")}
        return rest | applies | since | {"note": data["note"].strip()}


class ReasonForm(forms.Form):
    """Why somebody says no: the candidate, or the head."""

    use_required_attribute = False

    reason = forms.CharField(
        label=_("原因"),
        help_text=_("经办人会看到。写明哪一项不对、应当怎样，例如：入职日期应为 2024年3月1日。"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        error_messages={"required": _("请写明原因，例如：入职日期应为 2024年3月1日。")},
    )
