"""Grounds on which somebody may not become a member (登记办法 Art. 5; 注册办法 Art. 5), how a record was found, and
what makes or mars the good standing of a member (domain.md, 5.4)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class FactGround(TextChoices):
    CAPACITY = "capacity", _("不具有完全民事行为能力")
    CRIMINAL = "criminal", _("受刑事处罚")
    PENALTY = "penalty", _("因财务、会计、审计、企业管理中的严重错误受行政处罚或撤职以上处分")
    REVOKED = "revoked", _("被吊销注册会计师证书")
    FRAUD = "fraud", _("以欺骗、贿赂等手段取得注册会计师证书被撤销注册")
    CANCELLED = "cancelled", _("因虚假材料或严重违反职业道德被取消会员资格，或被劝退")
    EXPELLED = "expelled", _("被除名")


class Certainty(TextChoices):
    """EXACT: the identity document is the same. NEAR: a person must say whether it is the same human being."""

    EXACT = "exact", _("证件号码相同")
    NEAR = "near", _("可能是同一人")


class Matter(TextChoices):
    """What good standing is asked about, in the order in which it is stated."""

    MEMBERSHIP = "membership", _("会员资格")
    SUSPENSION = "suspension", _("暂停")
    PROCEEDINGS = "proceedings", _("未办结的程序")
    DISCIPLINE = "discipline", _("惩戒和处罚")
    ANNUAL_CHECK = "annual_check", _("年检")
    CPE = "cpe", _("继续教育")
    DUES = "dues", _("会费")


class Outcome(TextChoices):
    """What is recorded about a member in one of the matters that the register itself does not know."""

    RESCISSION = "rescission", _("撤销注册（登记）程序")
    REVOCATION = "revocation", _("吊销证书程序")
    INVESTIGATION = "investigation", _("惩戒调查")
    ADMONISHED = "admonished", _("训诫")
    CRITICISED = "criticised", _("通报批评")
    CONDEMNED = "condemned", _("公开谴责")
    WARNED = "warned", _("警告（行政处罚）")
    BANNED = "banned", _("暂停执业（行政处罚）")
    PASSED = "passed", _("年检通过")
    DEFERRED = "deferred", _("年检暂缓")
    FAILED = "failed", _("年检不予通过")
    HOURS = "hours", _("继续教育学时")
    PAID = "paid", _("会费已交")
    WAIVED = "waived", _("会费减免")
    NOT_LEVIED = "not_levied", _("当年不收会费")
    OWED = "owed", _("会费未交")


OUTCOMES: dict[Matter, tuple[Outcome, ...]] = {
    Matter.PROCEEDINGS: (Outcome.RESCISSION, Outcome.REVOCATION, Outcome.INVESTIGATION),
    Matter.DISCIPLINE: (
        Outcome.ADMONISHED,
        Outcome.CRITICISED,
        Outcome.CONDEMNED,
        Outcome.WARNED,
        Outcome.BANNED,
    ),
    Matter.ANNUAL_CHECK: (Outcome.PASSED, Outcome.DEFERRED, Outcome.FAILED),
    Matter.CPE: (Outcome.HOURS,),
    Matter.DUES: (Outcome.PAID, Outcome.WAIVED, Outcome.NOT_LEVIED, Outcome.OWED),
}
MATTER_OF = {outcome: matter for matter, outcomes in OUTCOMES.items() for outcome in outcomes}
YEARLY = frozenset({Matter.ANNUAL_CHECK, Matter.CPE, Matter.DUES})
"""These are of a year; the others of a day."""
NOT_PUBLIC = frozenset({Outcome.ADMONISHED})
"""Discipline that is not made public, and so stands in no letter."""


class FindingSource(TextChoices):
    """Where a statement about somebody's standing comes from."""

    REGISTER = "register", _("会员名册")
    RECORDS = "records", _("会员情况记录")
    RULE = "rule", _("规则")
    NONE = "none", _("没有记录")
