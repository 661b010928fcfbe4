"""登记办法 Art. 5 in plain words. An honest "no" is no error: it goes to a person, with the applicant's own words."""

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.applicants.enums import Field, Page
from apps.core.date_boxes import DateBoxesField
from apps.core.page_form import PageForm

GROUNDS = ("criminal", "penalty", "revoked", "cancelled", "expelled")
"""What bars admission for some years, or for good. A tick on the page says that it does not apply."""
DATED = GROUNDS[:-1]


def _tick(label: str) -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False)


def _day(label: str) -> DateBoxesField:
    return DateBoxesField(label=label, required=False)


class DeclarationsForm(PageForm):
    page = Page.DECLARATIONS

    capacity = _tick(_("我具有完全民事行为能力。"))
    criminal = _tick(_("我没有受过刑事处罚。"))
    penalty = _tick(
        _("我没有因在财务、会计、审计、企业管理或其他经济管理工作中犯有严重错误受过行政处罚或撤职以上处分。")
    )
    revoked = _tick(_("我没有被吊销过注册会计师证书。"))
    cancelled = _tick(_("我没有因提供虚假材料或严重违反职业道德被取消过会员资格，也没有被理事会劝其退会。"))
    expelled = _tick(_("我没有被注册会计师协会除名。"))
    note = forms.CharField(
        label=_("如有不能勾选的，请说明"),
        help_text=_("例如：2018 年因……受到行政处罚，2019年3月执行完毕。是否符合条件由工作人员判断。"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=1000,
        required=False,
        error_messages={"max_length": _("说明最多 1000 个字。")},
    )
    criminal_on = _day(_("刑罚执行完毕的日期"))
    penalty_on = _day(_("行政处罚或处分决定的日期"))
    revoked_on = _day(_("吊销决定的日期"))
    cancelled_on = _day(_("取消会员资格或劝退决定的日期"))
    truth = forms.BooleanField(
        label=_("以上内容和我提交的全部资料真实、完整。我知道提供虚假材料会被取消会员资格。"),
        error_messages={"required": _("请勾选这一项：申请要求您对资料的真实性负责。")},
    )

    def initial_from(self, saved: dict) -> dict:
        kept = saved.get(Field.DECLARATIONS) or {}
        return kept | {ground: not kept[ground] for ground in GROUNDS if ground in kept}

    def narrow(self, only: set[str]) -> None:
        """The declarations are one answer: all of it is asked, or nothing."""

    def clean(self):
        unticked = [name for name in ("capacity", *GROUNDS) if not self.cleaned_data.get(name)]
        if unticked and not self.cleaned_data.get("note", "").strip() and "note" not in self.errors:
            self.add_error(
                "note",
                _("请逐项阅读并勾选符合的各项；不能勾选的，请在这里说明情况，例如“2018 年受过行政处罚”。"),
            )
        return self.cleaned_data

    def answers(self) -> dict:
        data = self.cleaned_data
        applies = {ground: not data[ground] for ground in GROUNDS}
        since = {f"{g}_on": data[f"{g}_on"].isoformat() if applies[g] and data[f"{g}_on"] else "" for g in DATED}
        rest = {"capacity": data["capacity"], "truth": data["truth"], "note": data["note"].strip()}
        return {Field.DECLARATIONS: rest | applies | since}
