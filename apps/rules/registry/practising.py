"""Registration as a practising member (注册办法; 注册会计师法)."""

from django.utils.translation import gettext_lazy as _

from apps.rules.enums import Check, Local, Subject
from apps.rules.registry.kinds import RuleKind
from apps.rules.registry.values import Numbers, Pattern, Unit, WholeNumber, YesNo


def _clock(key: str, title, text, most: int = 60) -> RuleKind:
    days = WholeNumber(Unit.WORKING_DAYS, 1, most)
    return RuleKind(key, Subject.PRACTISING, title, text, days, Local.SHORTER, Check.WORKING_DAYS)


PRACTISING = (
    RuleKind(
        "practising.work_years",
        Subject.PRACTISING,
        _("审计工作年限"),
        _("在中国境内从事审计业务工作须满这些年。"),
        WholeNumber(Unit.YEARS, 1, 10),
    ),
    RuleKind(
        "practising.max_age",
        Subject.PRACTISING,
        _("年龄上限"),
        _("申请日年龄超过这个周岁的，不予注册。"),
        WholeNumber(Unit.AGE, 50, 120),
        check=Check.AGE,
    ),
    _clock("practising.form_check_days", _("形式审查期限"), _("材料不全的，须在此期限内一次告知。")),
    RuleKind(
        "practising.gap_days",
        Subject.PRACTISING,
        _("事务所补正的时间"),
        _("从一次告知的次日起算的自然日；最后一天逢休息日顺延到下一个工作日。"),
        WholeNumber(Unit.DAYS, 5, 365),
        Local.FREE,
        Check.DAYS,
    ),
    RuleKind(
        "practising.remind_days",
        Subject.PRACTISING,
        _("补正截止前的提醒"),
        _("截止日之前第几天提醒事务所和申请人。"),
        Numbers(Unit.DAYS, 0, 180, falling=True),
        Local.FREE,
        Check.DATES_BEFORE,
    ),
    _clock("practising.decide_days", _("注册决定期限"), _("从受理的次日起算。"), 120),
    _clock("practising.extension_days", _("决定期限的延长"), _("经协会负责人批准并告知理由，最多延长一次。")),
    _clock("practising.certificate_days", _("颁发证书期限"), _("从准予注册决定的次日起算。")),
    _clock("practising.filing_days", _("备案期限"), _("从准予注册决定的次日起算，报财政部和中注协备案。")),
    RuleKind(
        "practising.refusal_days",
        Subject.PRACTISING,
        _("不予注册通知书的送达期限"),
        _("从决定次日起算的自然日。"),
        WholeNumber(Unit.DAYS, 1, 60),
        Local.SHORTER,
        Check.DAYS,
    ),
    RuleKind(
        "practising.decide_here",
        Subject.PRACTISING,
        _("在本系统作出注册决定"),
        _("否：在财政部统一监管平台办理，本系统准备材料、跟踪进度，以平台结果为准。"),
        YesNo(),
        Local.FREE,
    ),
    RuleKind(
        "practising.partner_attestation",
        Subject.PRACTISING,
        _("合伙人证明审计经历"),
        _("是否要求一位合伙人证明申请人的审计工作经历。"),
        YesNo(),
        Local.FREE,
    ),
    RuleKind(
        "member_number.practising",
        Subject.NUMBERS,
        _("注册会计师证书编号"),
        _("编号由首次注册时所在事务所的编号和顺序号组成。"),
        Pattern(("firm", "sequence"), "sequence", {"firm": "33000012", "sequence": 1}),
    ),
)
