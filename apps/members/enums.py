from django.db import models
from django.utils.translation import gettext_lazy as _


class MemberKind(models.TextChoices):
    PRACTISING = "practising", _("执业会员")
    NON_PRACTISING = "non_practising", _("非执业会员")


class MembershipStatus(models.TextChoices):
    NOT_YET = "not_yet", _("尚未生效")
    """Only ever an answer about a day before the first; never stored."""
    ACTIVE = "active", _("有效")
    SUSPENDED = "suspended", _("暂停执业")
    IN_CUSTODY = "in_custody", _("协会代管")
    ENDED = "ended", _("已终止")
    VOID = "void", _("登记无效")
    """An undone admission: never was one."""


CURRENT_STATUSES = frozenset({MembershipStatus.ACTIVE, MembershipStatus.SUSPENDED, MembershipStatus.IN_CUSTODY})
"""In these a person is a member."""


class EndReason(models.TextChoices):
    """Why a membership ended (domain.md, 1.15). The public is never told."""

    WITHDRAWN = "withdrawn", _("自愿退会")
    CONVERTED = "converted", _("转换会员类别")
    RESCINDED = "rescinded", _("撤销注册（登记）")
    CANCELLED = "cancelled", _("注销注册")
    REVOKED = "revoked", _("吊销证书")
    EXPELLED = "expelled", _("除名")
    DISQUALIFIED = "disqualified", _("取消会员资格")
    DECEASED = "deceased", _("去世")
