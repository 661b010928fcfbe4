"""What the associations have on record (standing), read against 注册办法 Art. 5 for this candidate."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apps.applicants.selectors.lines import ChecklistLine, Source, blocked, green, needs_person, read_date
from apps.members.enums import MemberKind
from apps.registrations.enums import Field
from apps.registrations.models import Registration
from apps.rules.selectors import rule_clause
from apps.standing.enums import FactGround
from apps.standing.selectors import Bar, WatchMatch, bars_on, watch_matches

RECORDED = {"source": Source.FACT}


def watch_lines(registration: Registration, *, applied: date) -> list[ChecklistLine]:
    """One green line where nothing was found, else a line for each match, with why it matched."""
    answers = registration.answers
    matches = watch_matches(
        name=answers.get(Field.NAME, ""),
        identity_type=answers.get(Field.IDENTITY_TYPE, ""),
        identity_number=answers.get(Field.IDENTITY_NUMBER, ""),
        birth_on=read_date(answers.get(Field.BIRTH_ON)),
    )
    law = rule_clause("practising.bar_criminal_years", on=applied)
    if not matches:
        return [green("watch", _("不予注册情形记录中没有与申请人相符的。"), law, **RECORDED)]
    return [_line(f"watch_{place}", match, applied, law) for place, match in enumerate(matches, start=1)]


def _line(key: str, match: WatchMatch, applied: date, law: str) -> ChecklistLine:
    bars = bars_on(match.facts, kind=MemberKind.PRACTISING, on=applied)
    fact = "；".join(filter(None, (fact.document for fact in match.facts)))
    clause = bars[0].clause if bars else law
    sentence = _joined([_("有记录：") if match.is_exact else _("可能有记录：")], match, bars)
    if match.is_exact and any(bar.holds for bar in bars):
        return blocked(key, sentence, clause, fact=fact, **RECORDED)
    return needs_person(key, sentence, clause, fact=fact, **RECORDED)


def _joined(begin: list[str], match: WatchMatch, bars: list[Bar]) -> str:
    """What was found, why one thinks it is this person, how long it bars."""
    grounds = [str(FactGround(fact.ground).label) for fact in match.facts]
    parts = [*begin, _("、").join(grounds) + _("。"), *match.why, *map(_until, bars)]
    return ("" if (get_language() or "").startswith("zh") else " ").join(filter(None, parts))


def _until(bar: Bar) -> str:
    if bar.is_for_good:
        return _("法规没有规定期限。")
    if bar.free_on is None:
        return _("起算日期没有记载，请核实。")
    day = date_format(bar.free_on)
    return _("%(day)s起不再受限。") % {"day": day}
