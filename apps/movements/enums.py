"""The words of changes to a member's record."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PhotoState(TextChoices):
    OFFERED = "offered", _("等待比对")
    ACCEPTED = "accepted", _("已采用")
    DECLINED = "declined", _("未采用")
    WITHDRAWN = "withdrawn", _("已收回")


class PhotoAction(TextChoices):
    ACCEPT = "accept", _("采用")
    DECLINE = "decline", _("不采用")
    WITHDRAW = "withdraw", _("收回")
    TAKE_BACK = "take_back", _("撤回导入")


class DeclineReason(TextChoices):
    """Why a photo was not taken over, as the member reads it."""

    NOT_ALIKE = "not_alike", _("与存档的照片比对，不能确认是同一个人。")
    NOT_CLEAR = "not_clear", _("照片不清楚，或者被修饰、翻拍过。")
    NOT_PLAIN = "not_plain", _("照片不是白底正面免冠的证件照。")
    OLD = "old", _("照片不是近一年内的。")
