"""How the offices work."""

from django.utils.translation import gettext_lazy as _

from apps.rules.enums import Local, Subject
from apps.rules.registry.kinds import RuleKind
from apps.rules.registry.values import MonthDay, Unit, WholeNumber, YesNo

DESK = (
    RuleKind(
        "batch.auto_send",
        Subject.DESK,
        _("汇总表自动报送"),
        _("每个工作日晚上自动报送汇总表；否则由经办人报送。"),
        YesNo(),
        Local.FREE,
    ),
    RuleKind(
        "application.take_back_minutes",
        Subject.DESK,
        _("同意后可以收回的时间"),
        _("同意以后在此时间内可以收回；过后才进入汇总表。"),
        WholeNumber(Unit.MINUTES, 0, 1440),
    ),
    RuleKind(
        "claim.hours",
        Subject.DESK,
        _("领取的有效时间"),
        _("领取一件申请后没有办理，过了此时间自动退回待领取。"),
        WholeNumber(Unit.HOURS, 1, 720),
        Local.FREE,
    ),
    RuleKind(
        "hold.max_days",
        Subject.DESK,
        _("暂缓办理的最长时间"),
        _("经办人写明理由后可以暂缓，最多这些天；法定期限照常计算。"),
        WholeNumber(Unit.DAYS, 1, 180),
    ),
    RuleKind(
        "conflict.firm_years",
        Subject.DESK,
        _("离开单位后仍须回避的年数"),
        _("经办人离开单位后，这些年内该单位人员提出的申请由别人办理。"),
        WholeNumber(Unit.YEARS, 0, 50),
    ),
    RuleKind(
        "calendar.notice_day",
        Subject.DESK,
        _("下一年放假通知的通常公布日"),
        _("过了这一天还没有导入下一年的日历，系统就提醒。"),
        MonthDay(),
    ),
)
