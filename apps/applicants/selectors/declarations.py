"""The applicant's declarations, read against the bars of 登记办法 Art. 5."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.applicants.enums import Field
from apps.applicants.models import Application
from apps.applicants.selectors.case_facts import CaseFacts
from apps.applicants.selectors.lines import ChecklistLine, Source, blocked, green, needs_person, read_date, span
from apps.members.enums import MemberKind
from apps.rules.selectors import rule_clause
from apps.standing.enums import FactGround
from apps.standing.selectors import Bar, Fact, bars_on

GROUNDS = {
    FactGround.CRIMINAL: gettext_lazy("曾受刑事处罚"),
    FactGround.PENALTY: gettext_lazy("曾因财务、会计、审计、企业管理中的严重错误受行政处罚或撤职以上处分"),
    FactGround.REVOKED: gettext_lazy("曾被吊销注册会计师证书"),
    FactGround.CANCELLED: gettext_lazy("曾因虚假材料或严重违反职业道德被取消会员资格或劝退"),
    FactGround.EXPELLED: gettext_lazy("曾被协会除名"),
}
"""What the form asks about, in its order."""

DECLARED = {"source": Source.DECLARATION}


def declaration_lines(facts: CaseFacts) -> list[ChecklistLine]:
    """One green line where nothing stands against the applicant, else a line for each ground declared."""
    clause, declared = article_5(facts), facts.answer(Field.DECLARATIONS) or {}
    if not declared:
        return [needs_person("declarations", _("没有填写声明。请要求补正。"), clause, **DECLARED)]
    grounds = [Fact(ground, read_date(declared.get(f"{ground}_on"))) for ground in GROUNDS if declared.get(ground)]
    bars = bars_on(grounds, kind=MemberKind.NON_PRACTISING, on=facts.applied_on)
    lines = [_barred_line(bar, facts) for bar in bars]
    if not declared.get("capacity"):
        lines.insert(0, blocked("capacity", _("申请人没有声明具有完全民事行为能力。"), clause, **DECLARED))
    return lines or [green("declarations", _("申请人声明没有不予登记的情形。"), clause, **DECLARED)]


def has_clean_declarations(application: Application) -> bool:
    """For lists: whether every declaration is as it should be, without asking a rule."""
    declared = application.answers.get(Field.DECLARATIONS) or {}
    return bool(declared.get("capacity")) and not any(declared.get(ground) for ground in GROUNDS)


def _barred_line(bar: Bar, facts: CaseFacts) -> ChecklistLine:
    key, since = str(bar.fact.ground), bar.fact.since
    values = {"ground": GROUNDS[bar.fact.ground], "years": bar.years}
    if bar.is_for_good:
        return blocked(key, _("申请人声明%(ground)s。") % values, bar.clause, **DECLARED)
    if since is None:
        sentence = _("申请人声明%(ground)s，没有写明日期。请核实。") % values
        return needs_person(key, sentence, bar.clause, **DECLARED)
    values["since"] = date_format(since)
    fact = f"{span(since, facts.applied_on)} (≥ {bar.free_on.isoformat()})"
    if bar.holds:
        sentence = _("申请人声明%(ground)s（%(since)s），至申请日不满 %(years)s 年，不能同意。") % values
        return blocked(key, sentence, bar.clause, fact=fact, **DECLARED)
    sentence = _("申请人声明%(ground)s（%(since)s），至申请日已满 %(years)s 年。请核实。") % values
    return needs_person(key, sentence, bar.clause, fact=fact, **DECLARED)


def article_5(facts: CaseFacts) -> str:
    return rule_clause("bar.criminal_years", on=facts.applied_on)
