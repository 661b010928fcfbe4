"""What associations, courts and authorities have recorded about the applicant, read against 登记办法 Art. 5.

An exact match within its years excludes an agreement; whatever is only near, or past its years, a person looks at.
"""

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apps.applicants.selectors.case_facts import CaseFacts, WatchedFact
from apps.applicants.selectors.declarations import article_5
from apps.applicants.selectors.lines import ChecklistLine, Source, blocked, green, needs_person, span
from apps.members.enums import MemberKind
from apps.standing.enums import Certainty, FactGround
from apps.standing.selectors import Bar, Fact, bars_on

RECORDED = {"source": Source.FACT}


def watch_lines(facts: CaseFacts) -> list[ChecklistLine]:
    """One green line where nothing was found, else a line for each recorded fact."""
    if not facts.watched:
        return [green("watch", _("不予登记情形记录中没有与申请人相符的。"), article_5(facts), **RECORDED)]
    return [_line(f"watch_{number}", watched, facts) for number, watched in enumerate(facts.watched, start=1)]


def _line(key: str, watched: WatchedFact, facts: CaseFacts) -> ChecklistLine:
    fact = Fact(watched.ground, watched.since, watched.document)
    bars = bars_on([fact], kind=MemberKind.NON_PRACTISING, on=facts.applied_on)
    bar = bars[0] if bars else None
    known = {"fact": _figures(watched, bar, facts), **RECORDED}
    clause = bar.clause if bar else article_5(facts)
    if watched.certainty != Certainty.EXACT:
        return needs_person(key, _sentences(_("可能有记录："), watched, bar, _("请核对是否同一人。")), clause, **known)
    if bar and bar.holds:
        return blocked(key, _sentences(_("有记录："), watched, bar, _("不能同意。")), clause, **known)
    return needs_person(key, _sentences(_("有记录："), watched, bar, _("请核实。")), clause, **known)


def _sentences(begin: str, watched: WatchedFact, bar: Bar | None, end: str) -> str:
    """What was found, why one thinks it is the applicant, how long it bars, what to do."""
    parts = [begin + _about(watched), *watched.why, _until(bar), end]
    return ("" if (get_language() or "").startswith("zh") else " ").join(filter(None, parts))


def _about(watched: WatchedFact) -> str:
    values = {"ground": FactGround(watched.ground).label, "document": watched.document}
    if watched.since is None:
        return _("%(ground)s（%(document)s，起算日期没有记载）。") % values
    return _("%(ground)s（%(document)s，%(since)s）。") % (values | {"since": date_format(watched.since)})


def _until(bar: Bar | None) -> str:
    if bar is None or bar.holds is None:
        return ""
    if bar.is_for_good:
        return _("法规没有规定期限。")
    if bar.holds:
        return _("至申请日不满 %(years)s 年。") % {"years": bar.years}
    return _("至申请日已满 %(years)s 年。") % {"years": bar.years}


def _figures(watched: WatchedFact, bar: Bar | None, facts: CaseFacts) -> str:
    if watched.since is None:
        return watched.document
    until = f" (≥ {bar.free_on.isoformat()})" if bar and bar.free_on else ""
    return f"{watched.document}: {span(watched.since, facts.applied_on)}{until}"
