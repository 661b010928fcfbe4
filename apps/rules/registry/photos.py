"""Photos on members' certificates."""

from django.utils.translation import gettext_lazy as _

from apps.rules.enums import Local, Subject
from apps.rules.registry.kinds import RuleKind
from apps.rules.registry.values import Choice, Unit, WholeNumber

COMPARED_BY = [
    ("officer", _("由所属协会的工作人员比对")),
    ("nobody", _("不比对，直接采用")),
]

BROUGHT_COMPARED = [
    ("replacing", _("更换已有照片时，由另一位工作人员比对")),
    ("all", _("每张都由另一位工作人员比对")),
    ("nobody", _("不比对，直接采用")),
]

PHOTOS = (
    RuleKind(
        "photo.compared",
        Subject.PHOTOS,
        _("会员更换照片"),
        _("会员自己上传的照片，由谁与存档的照片比对以后才印上会员证。"),
        Choice(COMPARED_BY),
        Local.FREE,
    ),
    RuleKind(
        "photo.brought",
        Subject.PHOTOS,
        _("协会导入会员照片"),
        _("协会成批导入的会员照片，哪些须由另一位工作人员比对以后才印上会员证。"),
        Choice(BROUGHT_COMPARED),
        Local.FREE,
    ),
    RuleKind(
        "photo.attempts",
        Subject.PHOTOS,
        _("网上上传照片的次数"),
        _("没有通过比对的照片达到这个张数以后，会员须到协会现场核对。采用一张以后重新计算。"),
        WholeNumber(Unit.PHOTOS, 1, 20),
        Local.FREE,
    ),
)
