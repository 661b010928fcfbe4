"""The words of practising registration: what a case can be, and what can be done with it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    """The office's word for each state; what candidate and firm read stands in selectors/words.py."""

    DRAFT = "draft", _("填写中")
    AWAITING_CANDIDATE = "awaiting_candidate", _("待本人确认")
    AWAITING_FIRM = "awaiting_firm", _("待事务所承诺")
    FILED = "filed", _("形式审查中")
    GAPS = "gaps", _("待补正")
    ACCEPTED = "accepted", _("已受理")
    PROPOSED = "proposed", _("拟准予注册")
    ADMITTED = "admitted", _("准予注册")
    REFUSED = "refused", _("不予注册")
    WITHDRAWN = "withdrawn", _("已撤回")
    EXPIRED = "expired", _("逾期未补正")


CONFIRMED_STATES = frozenset({State.AWAITING_FIRM, State.FILED, State.ACCEPTED, State.PROPOSED, State.ADMITTED})
"""The candidate has confirmed what stands in the case now."""

OPEN_STATES = frozenset(
    {State.AWAITING_CANDIDATE, State.AWAITING_FIRM, State.FILED, State.GAPS, State.ACCEPTED, State.PROPOSED}
)
"""A person has at most one registration in these."""

OFFICE_STATES = frozenset(
    {State.FILED, State.GAPS, State.ACCEPTED, State.PROPOSED, State.ADMITTED, State.REFUSED, State.EXPIRED}
)
"""It has been filed: the association sees it (and, once it was filed, what became of it)."""

DECIDING_STATES = frozenset({State.ACCEPTED, State.PROPOSED})
"""The 20 working days run."""

CLOSED_STATES = frozenset({State.ADMITTED, State.REFUSED, State.WITHDRAWN, State.EXPIRED})


class Action(TextChoices):
    INVITE = "invite", _("请本人确认")
    TAKE_BACK = "take_back", _("取回修改")
    DECLINE = "decline", _("本人不同意")
    CONFIRM = "confirm", _("本人确认并承诺属实")
    SEND_BACK = "send_back", _("负责人退回经办人")
    FILE = "file", _("事务所承诺专职执业并提交")
    REQUEST_GAPS = "request_gaps", _("一次告知补正")
    ACCEPT = "accept", _("受理")
    ADMIT_BY_PLATFORM = "admit_by_platform", _("监管平台准予注册")
    REFUSE_BY_PLATFORM = "refuse_by_platform", _("监管平台不予注册")
    PROPOSE = "propose", _("拟准予注册")
    DISAGREE = "disagree", _("退回经办重新审查")
    APPROVE = "approve", _("准予注册并编号")
    REFUSE = "refuse", _("不予注册")
    WITHDRAW = "withdraw", _("撤回")
    EXPIRE = "expire", _("逾期结束")


class Side(TextChoices):
    """Who reads a page, or acts next."""

    FIRM = "firm", _("事务所")
    CANDIDATE = "candidate", _("申请人")
    OFFICE = "office", _("协会")


class Page(TextChoices):
    """The pages that the agent fills in, in their order."""

    IDENTITY = "identity", _("姓名和证件")
    CERTIFICATE = "certificate", _("全科合格证")
    EXPERIENCE = "experience", _("审计工作经历")
    CONTACT = "contact", _("本人联系方式")
    PHOTO = "photo", _("照片")


class Field(TextChoices):
    """What can be asked about."""

    NAME = "name", _("姓名")
    IDENTITY_TYPE = "identity_type", _("证件类型")
    IDENTITY_NUMBER = "identity_number", _("证件号码")
    IDENTITY_COUNTRY = "identity_country", _("护照签发国家或地区")
    SEX = "sex", _("性别")
    BIRTH_ON = "birth_on", _("出生日期")
    WORK_PERMIT = "work_permit", _("外国人工作许可证号")
    CERTIFICATE_NUMBER = "certificate_number", _("全科合格证号")
    CERTIFICATE_ON = "certificate_on", _("全科合格证日期")
    CERTIFICATE_LOST = "certificate_lost", _("全科合格证已丢失")
    EMPLOYED_ON = "employed_on", _("入职日期")
    EXPERIENCE = "experience", _("审计工作经历")
    EMAIL = "email", _("电子邮箱")
    PHONE = "phone", _("手机号码")
    PHOTO = "photo", _("照片")
    DECLARATIONS = "declarations", _("本人声明")
    ATTESTATION = "attestation", _("合伙人证明")


PAGE_OF = {
    Field.CERTIFICATE_NUMBER: Page.CERTIFICATE,
    Field.CERTIFICATE_ON: Page.CERTIFICATE,
    Field.CERTIFICATE_LOST: Page.CERTIFICATE,
    Field.EMPLOYED_ON: Page.EXPERIENCE,
    Field.EXPERIENCE: Page.EXPERIENCE,
    Field.ATTESTATION: Page.EXPERIENCE,
    Field.EMAIL: Page.CONTACT,
    Field.PHONE: Page.CONTACT,
    Field.PHOTO: Page.PHOTO,
}
"""Where a field is mended; what is not listed stands on the first page."""


class Ground(TextChoices):
    """注册办法 Art. 5, as the candidate declares: what bars registration for some years, or as long as it lasts."""

    CRIMINAL = "criminal", _("受过刑事处罚")
    PENALTY = "penalty", _("因在财务、会计、审计、企业管理或其他经济管理工作中犯有严重错误受过行政处罚、撤职以上处分")
    REVOKED = "revoked", _("受过吊销注册会计师证书的处罚")
    FRAUD = "fraud", _("因以欺骗、贿赂等不正当手段取得注册会计师证书被撤销注册")
