"""Whether it makes sense to apply again after a case has ended, and from which day or until which."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from apps.applicants.enums import Eligibility, Field, State
from apps.applicants.models import Application
from apps.applicants.selectors.declarations import GROUNDS
from apps.applicants.selectors.drafts import eligibility_of
from apps.applicants.selectors.lines import read_date
from apps.applicants.selectors.progress import STOPPED_STATES
from apps.members.enums import MemberKind
from apps.standing.selectors import Fact, bars_on


@dataclass(frozen=True)
class AgainAdvice:
    """`makes_sense` today; `sentence` says so, or from which day, or why not at all."""

    makes_sense: bool
    sentence: str


def again_advice(application: Application, *, today: date) -> AgainAdvice | None:
    """For a case that ended without admission; None for any other."""
    if application.state not in STOPPED_STATES:
        return None
    if application.state == State.REFUSED and application.reason_code == "refusal.expelled":
        return AgainAdvice(False, _("被除名的，办法没有规定可以重新申请的时间。请先致电所属协会。"))
    result = eligibility_of(application, on=today)
    if result.verdict == Eligibility.CLOSED:
        sentence = _("申请期限到%(day)s为止，已经超过。现在重新申请，一般不会准予登记；请先致电所属协会。")
        return AgainAdvice(False, sentence % {"day": date_format(result.last_day)})
    barred_until = _barred_until(application, today)
    if barred_until and barred_until > today:
        return _after_the_bar(barred_until, result.last_day)
    if result.last_day is None:
        return AgainAdvice(True, _("原因消除以后，可以重新申请。您填写过的内容会带过来。"))
    sentence = _("可以重新申请，到%(day)s为止（期限从全科合格证或停止执业的日期算起）。您填写过的内容会带过来。")
    return AgainAdvice(True, sentence % {"day": date_format(result.last_day)})


def _after_the_bar(barred_until: date, last_day: date | None) -> AgainAdvice:
    if last_day and barred_until > last_day:
        sentence = _("要到%(day)s才能重新申请，而申请期限到%(last)s为止。请先致电所属协会。")
        return AgainAdvice(False, sentence % {"day": date_format(barred_until), "last": date_format(last_day)})
    sentence = _("请在%(day)s以后重新申请：在此之前，法定的年限还没有满。")
    return AgainAdvice(False, sentence % {"day": date_format(barred_until)})


def _barred_until(application: Application, today: date) -> date | None:
    """By what was declared: the first day on which no ground stands in the way any more."""
    declared = application.answers.get(Field.DECLARATIONS) or {}
    dated = ((ground, read_date(declared.get(f"{ground}_on"))) for ground in GROUNDS if declared.get(ground))
    facts = [Fact(ground, since) for ground, since in dated if since]
    bars = bars_on(facts, kind=MemberKind.NON_PRACTISING, on=today)
    return max((bar.free_on for bar in bars if bar.holds and bar.free_on), default=None)
