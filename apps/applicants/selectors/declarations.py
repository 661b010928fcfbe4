"""The applicant's declarations, read against the bars of 登记办法 Art. 5."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.applicants.enums import Field
from apps.applicants.models import Application
from apps.applicants.selectors.case_facts import CaseFacts
from apps.applicants.selectors.lines import ChecklistLine, Source, blocked, green, needs_person, read_date, span
from apps.rules.selectors import free_again_on, rule_clause, rule_value


@dataclass(frozen=True)
class Bar:
    """A ground that excludes for some years from its date; without a rule, for good."""

    key: str
    label: str
    rule: str = ""


BARS = (
    Bar("criminal", gettext_lazy("曾受刑事处罚"), "bar.criminal_years"),
    Bar(
        "penalty",
        gettext_lazy("曾因财务、会计、审计、企业管理中的严重错误受行政处罚或撤职以上处分"),
        "bar.penalty_years",
    ),
    Bar("revoked", gettext_lazy("曾被吊销注册会计师证书"), "bar.revoked_years"),
    Bar("cancelled", gettext_lazy("曾因虚假材料或严重违反职业道德被取消会员资格或劝退"), "bar.cancelled_years"),
    Bar("expelled", gettext_lazy("曾被协会除名")),
)

DECLARED = {"source": Source.DECLARATION}


def declaration_lines(facts: CaseFacts) -> list[ChecklistLine]:
    """One green line where nothing stands against the applicant, else a line for each ground declared."""
    clause, declared = article_5(facts), facts.answer(Field.DECLARATIONS) or {}
    if not declared:
        return [needs_person("declarations", _("没有填写声明。请要求补正。"), clause, **DECLARED)]
    lines = [_barred_line(bar, declared, facts) for bar in BARS if declared.get(bar.key)]
    if not declared.get("capacity"):
        lines.insert(0, blocked("capacity", _("申请人没有声明具有完全民事行为能力。"), clause, **DECLARED))
    return lines or [green("declarations", _("申请人声明没有不予登记的情形。"), clause, **DECLARED)]


def has_clean_declarations(application: Application) -> bool:
    """For lists: whether every declaration is as it should be, without asking a rule."""
    declared = application.answers.get(Field.DECLARATIONS) or {}
    return bool(declared.get("capacity")) and not any(declared.get(bar.key) for bar in BARS)


def _barred_line(bar: Bar, declared: dict, facts: CaseFacts) -> ChecklistLine:
    applied, since = facts.applied_on, read_date(declared.get(f"{bar.key}_on"))
    if not bar.rule:
        sentence = _("申请人声明%(ground)s。") % {"ground": bar.label}
        return blocked(bar.key, sentence, article_5(facts), **DECLARED)
    clause = rule_clause(bar.rule, on=applied)
    if since is None:
        sentence = _("申请人声明%(ground)s，没有写明日期。请核实。") % {"ground": bar.label}
        return needs_person(bar.key, sentence, clause, **DECLARED)
    years = int(rule_value(bar.rule, on=applied, association_code=facts.association))
    return _dated_line(bar, since, applied, years, clause)


def _dated_line(bar: Bar, since: date, applied: date, years: int, clause: str) -> ChecklistLine:
    values = {"ground": bar.label, "since": date_format(since), "years": years}
    free_on = free_again_on(since, years, on=applied)
    known = {"fact": f"{span(since, applied)} (≥ {free_on.isoformat()})", "source": Source.DECLARATION}
    if applied < free_on:
        sentence = _("申请人声明%(ground)s（%(since)s），至申请日不满 %(years)s 年，不能同意。") % values
        return blocked(bar.key, sentence, clause, **known)
    sentence = _("申请人声明%(ground)s（%(since)s），至申请日已满 %(years)s 年。请核实。") % values
    return needs_person(bar.key, sentence, clause, **known)


def article_5(facts: CaseFacts) -> str:
    return rule_clause("bar.criminal_years", on=facts.applied_on)
