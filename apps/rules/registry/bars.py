"""Grounds of refusal with their years (登记办法 Art. 5; 注册办法 Art. 5). Expulsion has no years: it bars for good."""

from django.utils.translation import gettext_lazy as _

from apps.rules.enums import Check, Subject
from apps.rules.registry.kinds import RuleKind
from apps.rules.registry.values import Unit, WholeNumber

YEARS = WholeNumber(Unit.YEARS, 1, 50)


def _bar(key: str, title, text) -> RuleKind:
    return RuleKind(key, Subject.BARS, title, text, YEARS, check=Check.BARRED_YEARS)


BARS = (
    _bar("bar.criminal_years", _("刑事处罚"), _("自刑罚执行完毕之日起，至申请日不满这些年的，不予登记。")),
    _bar(
        "bar.penalty_years",
        _("行政处罚、撤职以上处分"),
        _("因财务、会计、审计、企业管理中的严重错误受处罚或处分，自决定之日起，至申请日不满这些年的，不予登记。"),
    ),
    _bar("bar.revoked_years", _("吊销注册会计师证书"), _("自吊销决定之日起，至申请日不满这些年的，不予登记。")),
    _bar(
        "bar.cancelled_years",
        _("取消会员资格、劝退"),
        _("因虚假材料或严重违反职业道德被取消会员资格，或被劝退，自决定之日起，至申请日不满这些年的，不予登记。"),
    ),
    _bar(
        "practising.bar_criminal_years",
        _("刑事处罚（执业注册）"),
        _("自刑罚执行完毕之日起，至申请日不满这些年的，不予注册。"),
    ),
    _bar(
        "practising.bar_penalty_years",
        _("行政处罚、撤职以上处分（执业注册）"),
        _("自处罚、处分决定生效之日起，至申请日不满这些年的，不予注册。"),
    ),
    _bar(
        "practising.bar_revoked_years",
        _("吊销注册会计师证书（执业注册）"),
        _("自处罚决定生效之日起，至申请日不满这些年的，不予注册。"),
    ),
    _bar(
        "practising.bar_fraud_years",
        _("以欺骗、贿赂取得证书被撤销注册"),
        _("自撤销注册决定生效之日起，至申请日不满这些年的，不予注册。"),
    ),
)
