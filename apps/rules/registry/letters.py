"""What makes a member's good standing, and the English letter about it (domain.md, 5.4 and 1.7-1.10)."""

from django.utils.translation import gettext_lazy as _

from apps.rules.enums import Check, Subject
from apps.rules.registry.kinds import RuleKind
from apps.rules.registry.values import Choice, MonthDay, Several, Unit, WholeNumber, YesNo

COUNTED = (
    ("suspension", _("没有被暂停")),
    ("proceedings", _("没有未办结的撤销、吊销或调查程序")),
    ("discipline", _("没有影响期内的公开谴责或暂停执业")),
    ("annual_check", _("最近一次到期的年检通过或暂缓")),
    ("cpe", _("上一年度继续教育达到要求")),
    ("dues", _("会费已交清（在收取的年度）")),
)
KEPT = COUNTED[1:3]
SIGNATORIES = (
    ("registration", _("注册部主任")),
    ("secretary_general", _("秘书长")),
)

LETTERS = (
    RuleKind(
        "standing.good_standing",
        Subject.STANDING,
        _("会员资格良好存续的条件"),
        _("会员资格有效之外，还要满足哪些条件。没有记录的一项既不算满足，也不算不满足，证明中也不写。"),
        Several(COUNTED),
    ),
    RuleKind(
        "standing.kept_matters",
        Subject.STANDING,
        _("本系统完整记录的事项"),
        _("这些事项没有查到记录，就可以写“协会的记录中没有”；其他事项没有查到记录，证明中不写。"),
        Several(KEPT),
    ),
    RuleKind(
        "standing.cpe_hours",
        Subject.STANDING,
        _("每年的继续教育学时"),
        _("一个年度内应完成的学时。"),
        WholeNumber(Unit.CLASS_HOURS, 0, 400),
    ),
    RuleKind(
        "annual_check.practising_until",
        Subject.STANDING,
        _("执业会员年检的最后一天"),
        _("过了这一天，当年的任职资格检查就算到期。"),
        MonthDay(),
    ),
    RuleKind(
        "annual_check.non_practising_until",
        Subject.STANDING,
        _("非执业会员年检的最后一天"),
        _("过了这一天，当年的年检就算到期。"),
        MonthDay(),
    ),
    RuleKind(
        "discipline.public_years",
        Subject.STANDING,
        _("惩戒和处罚的披露年数"),
        _("作出决定后这些年内，公开的惩戒和处罚写进证明；训诫不公开，不写。"),
        WholeNumber(Unit.YEARS, 1, 20),
    ),
    RuleKind(
        "letter.decide_days",
        Subject.STANDING,
        _("英文证明的办理期限"),
        _("从收到申请起，中注协在此期限内决定。"),
        WholeNumber(Unit.WORKING_DAYS, 1, 30),
        check=Check.WORKING_DAYS,
    ),
    RuleKind(
        "letter.valid_days",
        Subject.STANDING,
        _("英文证明的有效期"),
        _("从出具之日起；会员可以选更短的。"),
        WholeNumber(Unit.DAYS, 1, 366),
        check=Check.DAYS,
    ),
    RuleKind(
        "letter.status_letter",
        Subject.STANDING,
        _("不符合良好存续时出具情况证明"),
        _("会员资格不满足良好存续条件时，可以出具只写事实的会员情况证明；否则只能不予出具。"),
        YesNo(),
    ),
    RuleKind(
        "letter.signatory",
        Subject.STANDING,
        _("英文证明由谁署名"),
        _("印在印章旁的职务。"),
        Choice(SIGNATORIES),
    ),
)
