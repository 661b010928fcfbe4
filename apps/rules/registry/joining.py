"""Joining as a non-practising member (登记办法 Art. 3 and 4)."""

from django.utils.translation import gettext_lazy as _

from apps.rules.enums import Check, Local, Subject
from apps.rules.registry.kinds import RuleKind
from apps.rules.registry.values import Choice, Grid, Numbers, Pattern, Several, Unit, WholeNumber, YesNo

LEAP_DAYS = (("last_of_february", _("2 月的最后一天")), ("first_of_march", _("3 月 1 日")))
LATE_MODES = (
    ("closed", _("不受理")),
    ("test", _("经过相关测试")),
    ("cpe_proof", _("提供继续教育证明")),
)
ROUTES = (
    ("fresh_passer", _("合格证未超过年限")),
    ("ex_practising", _("曾经执业")),
    ("late", _("超过年限")),
)
DOCUMENTS = (
    ("certificate", _("全科合格证的照片或扫描件")),
    ("identity", _("身份证件的照片或扫描件")),
    ("practising_end", _("停止执业或撤销、注销注册的证明")),
    ("late_test", _("相关测试的成绩")),
    ("cpe_proof", _("继续教育证明")),
    ("name_change", _("更名证明")),
    ("other", _("其他材料")),
)
FIELDS = (("employer", _("工作单位")),)

JOINING = (
    RuleKind(
        "application.max_years",
        Subject.JOINING,
        _("合格证有效年限"),
        _("取得全科合格证，或停止执业，至申请日不超过这些年，可以申请入会。"),
        WholeNumber(Unit.YEARS, 1, 50),
        check=Check.WITHIN_YEARS,
    ),
    RuleKind(
        "years.inclusive_anniversary",
        Subject.JOINING,
        _("周年当日仍算未超过"),
        _("申请日正好是周年当日时，是否仍在年限以内。"),
        YesNo(),
    ),
    RuleKind(
        "years.leap_day",
        Subject.JOINING,
        _("2 月 29 日的周年"),
        _("从 2 月 29 日起算的年限，在平年以哪一天为周年。"),
        Choice(LEAP_DAYS),
    ),
    RuleKind(
        "late_admission.mode",
        Subject.JOINING,
        _("超过年限的申请"),
        _("超过年限以后是否还可以申请，凭什么申请。"),
        Choice(LATE_MODES),
        Local.FREE,
    ),
    RuleKind(
        "application.required_documents",
        Subject.JOINING,
        _("必须上传的材料"),
        _("按申请途径，申请时必须上传的材料；不选则不要求。"),
        Grid(ROUTES, DOCUMENTS),
        Local.FREE,
    ),
    RuleKind(
        "application.required_fields",
        Subject.JOINING,
        _("另外必填的项目"),
        _("姓名、证件、合格证、手机号码、声明和照片总是必填；这里另加。"),
        Several(FIELDS),
        Local.FREE,
    ),
    RuleKind(
        "application.local_days",
        Subject.CLOCKS,
        _("地方协会审查期限"),
        _("从收到申请的次日起算，等待补正的时间不算。"),
        WholeNumber(Unit.WORKING_DAYS, 1, 120),
        Local.SHORTER,
        Check.WORKING_DAYS,
    ),
    RuleKind(
        "application.national_days",
        Subject.CLOCKS,
        _("中注协复核期限"),
        _("从报送汇总表的次日起算。"),
        WholeNumber(Unit.WORKING_DAYS, 1, 120),
        check=Check.WORKING_DAYS,
    ),
    RuleKind(
        "application.correction_notice_days",
        Subject.CLOCKS,
        _("一次性告知期限"),
        _("收到申请后，须在此期限内一次说清需要补正的全部内容。"),
        WholeNumber(Unit.WORKING_DAYS, 1, 60),
        Local.SHORTER,
        Check.WORKING_DAYS,
    ),
    RuleKind(
        "refusal.notify_days",
        Subject.CLOCKS,
        _("不予登记通知书的送达期限"),
        _("从决定次日起算的自然日。"),
        WholeNumber(Unit.DAYS, 1, 60),
        Local.SHORTER,
        Check.DAYS,
    ),
    RuleKind(
        "application.correction_days",
        Subject.REMINDERS,
        _("申请人补正的时间"),
        _("从要求补正的次日起算的自然日；最后一天逢休息日顺延到下一个工作日。"),
        WholeNumber(Unit.DAYS, 5, 365),
        Local.FREE,
        Check.DAYS,
    ),
    RuleKind(
        "correction.remind_days",
        Subject.REMINDERS,
        _("补正截止前的提醒"),
        _("截止日之前第几天提醒申请人。"),
        Numbers(Unit.DAYS, 0, 180, falling=True),
        Local.FREE,
        Check.DATES_BEFORE,
    ),
    RuleKind(
        "draft.remind_days",
        Subject.REMINDERS,
        _("草稿的提醒"),
        _("最后一次修改之后第几天提醒。"),
        Numbers(Unit.DAYS, 1, 365),
        check=Check.DATES_AFTER,
    ),
    RuleKind(
        "draft.erase_days",
        Subject.REMINDERS,
        _("草稿的删除"),
        _("最后一次修改之后满这些天，通知后删除。"),
        WholeNumber(Unit.DAYS, 1, 730),
        check=Check.DAYS,
    ),
    RuleKind(
        "draft.unreached_days",
        Subject.REMINDERS,
        _("草稿的删除：通知送不到时"),
        _("删除通知被退回的草稿，最后一次修改之后满这些天才删除。"),
        WholeNumber(Unit.DAYS, 1, 730),
        check=Check.DAYS,
    ),
    RuleKind(
        "appeal.days",
        Subject.CLOCKS,
        _("申诉期限"),
        _("不予登记或逾期结束的次日起，可以申诉的自然日。"),
        WholeNumber(Unit.DAYS, 5, 365),
        check=Check.DAYS,
    ),
    RuleKind(
        "appeal.decide_days",
        Subject.CLOCKS,
        _("申诉的决定期限"),
        _("从收到申诉的次日起算，到作出决定。"),
        WholeNumber(Unit.WORKING_DAYS, 1, 60),
        check=Check.WORKING_DAYS,
    ),
    RuleKind(
        "member_number.non_practising",
        Subject.NUMBERS,
        _("非执业会员编号"),
        _("编号由地区、年份和顺序号组成。"),
        Pattern(("region", "year", "sequence"), "sequence", {"region": "33", "year": 2026, "sequence": 1}),
        Local.FREE,
    ),
)
