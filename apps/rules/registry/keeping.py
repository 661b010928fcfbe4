"""How long what tells of people is kept, where no law and no register wants it longer."""

from django.utils.translation import gettext_lazy as _

from apps.rules.enums import Check, Subject
from apps.rules.registry.kinds import RuleKind
from apps.rules.registry.values import Unit, WholeNumber


def _days(key: str, title, text, least: int, most: int) -> RuleKind:
    return RuleKind(key, Subject.KEEPING, title, text, WholeNumber(Unit.DAYS, least, most), check=Check.DAYS)


KEEPING = (
    _days(
        "share_link.keep_days",
        _("分享链接和打开记录的保存期限"),
        _("每次打开的记录，以及到期或收回的链接，满这些天后删除。"),
        30,
        730,
    ),
    _days(
        "tip.contact_days",
        _("举报人联系方式的保存期限"),
        _("线索处理完毕后满这些天，删除举报人留下的联系方式。"),
        7,
        365,
    ),
    _days(
        "tip.keep_days",
        _("举报线索的保存期限"),
        _("线索处理完毕后满这些天，删除其内容、图片和备注，只留编号、日期和状态。"),
        180,
        3650,
    ),
    _days(
        "photo_offer.keep_days",
        _("未采用的会员证照片的保存期限"),
        _("会员收回或比对未通过的照片，办结后满这些天删除，只留日期和理由。"),
        30,
        1095,
    ),
    _days(
        "letter.withdrawn_days",
        _("已撤回的英文证明申请的保存期限"),
        _("申请撤回后满这些天，删除收件单位、用途和英文姓名，只留编号和经过。"),
        30,
        1095,
    ),
    _days(
        "certificate.task_days",
        _("制证待办记录的保存期限"),
        _("缺字、制证未成等待办，解决后满这些天删除。"),
        30,
        1095,
    ),
)
