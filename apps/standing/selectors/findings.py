"""One dated statement about a member's standing, with its source: what a letter may say, and what it may not."""

from dataclasses import dataclass, field
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from apps.standing.enums import FindingSource, Matter, Outcome

SENTENCES = {
    "membership.active": gettext_lazy(
        "截至%(day)s为中国注册会计师协会%(kind)s，会员编号 %(number)s，%(admitted)s入会，所属协会：%(association)s。"
    ),
    "membership.in_custody": gettext_lazy(
        "截至%(day)s为中国注册会计师协会%(kind)s，会员编号 %(number)s，%(admitted)s入会，所属协会：%(association)s；"
        "没有任职的事务所，由协会代管。"
    ),
    "membership.ended": gettext_lazy("截至%(day)s已不是会员；%(admitted)s入会，会员编号 %(number)s。"),
    "membership.not_yet": gettext_lazy("会员资格自%(admitted)s起生效，截至%(day)s还不是会员。"),
    "suspension.none": gettext_lazy("截至%(day)s，会员资格没有被暂停。"),
    "suspension.suspended": gettext_lazy("截至%(day)s，会员资格处于暂停状态，自%(since)s起。"),
    "proceedings.none": gettext_lazy("截至%(day)s，协会的记录中没有尚未办结的撤销、吊销或惩戒调查程序。"),
    "proceedings.open": gettext_lazy("截至%(day)s，协会的记录中有尚未办结的程序：%(list)s。"),
    "discipline.none": gettext_lazy("截至%(day)s，协会的记录中没有最近 %(years)s 年内作出的公开惩戒或行政处罚。"),
    "discipline.recorded": gettext_lazy("截至%(day)s，协会记录的最近 %(years)s 年内的公开惩戒或行政处罚：%(list)s。"),
    "discipline.in_force": gettext_lazy("截至%(day)s，仍在影响期内的公开惩戒或行政处罚：%(list)s。"),
    "annual_check.passed": gettext_lazy("%(year)s 年度的年检已通过（%(decided)s）。"),
    "annual_check.deferred": gettext_lazy("%(year)s 年度的年检经批准暂缓（%(decided)s）。"),
    "annual_check.failed": gettext_lazy("%(year)s 年度的年检不予通过（%(decided)s）。"),
    "annual_check.not_yet_due": gettext_lazy("截至%(day)s，尚未到第一次年检（%(year)s 年度）。"),
    "cpe.met": gettext_lazy("%(year)s 年度完成继续教育 %(hours)s 学时，达到 %(required)s 学时的要求。"),
    "cpe.short": gettext_lazy("%(year)s 年度完成继续教育 %(hours)s 学时，未达到 %(required)s 学时的要求。"),
    "cpe.not_yet_due": gettext_lazy("截至%(day)s，入会后的第一个完整年度尚未结束，尚无继续教育要求。"),
    "dues.paid": gettext_lazy("%(year)s 年度的会费已交清。"),
    "dues.waived": gettext_lazy("%(year)s 年度的会费经批准减免。"),
    "dues.not_levied": gettext_lazy("%(year)s 年度没有收取会费。"),
    "dues.owed": gettext_lazy("%(year)s 年度的会费尚未交清。"),
    "unknown": gettext_lazy("本系统还没有这方面的记录，证明中不会写。"),
}
"""By reason code. Facts with a day or a year, never a promise; the English of these stands in the letter."""


@dataclass(frozen=True)
class Finding:
    """`holds`: True speaks for good standing, False against it, None says nothing because nothing is recorded.

    `values` is plain data (ISO days, numbers, codes): a letter freezes it.
    """

    matter: Matter
    code: str
    holds: bool | None
    values: dict = field(default_factory=dict)
    source: FindingSource = FindingSource.NONE
    document: str = ""
    known_on: date | None = None

    @property
    def is_recorded(self) -> bool:
        return self.holds is not None

    @property
    def sentence(self) -> str:
        """In the active language."""
        words = SENTENCES["unknown" if not self.is_recorded else self.code]
        return str(words) % {name: _shown(name, value) for name, value in self.values.items()}

    @property
    def source_words(self) -> str:
        """Where it stands and since when that is known."""
        if self.known_on is None:
            return self.source.label
        parts = {"source": self.source.label, "document": self.document, "day": date_format(self.known_on)}
        if self.document:
            return _("%(source)s：%(document)s，%(day)s登记") % parts
        return _("%(source)s，%(day)s登记") % parts


KINDS = {
    "practising": pgettext_lazy("letter", "执业会员（注册会计师）"),
    "non_practising": pgettext_lazy("letter", "非执业会员"),
}
DAYS = {"day", "admitted", "since", "decided"}


def _shown(name: str, value) -> str:
    if name in DAYS:
        return date_format(date.fromisoformat(value)) if value else ""
    if name == "kind":
        return str(KINDS[value])
    if name == "list":
        return _("、").join(_dated(outcome, day) for outcome, day in value)
    if name == "association":
        return value["en" if (get_language() or "").startswith("en") else "zh"] if value else ""
    return str(value)


def _dated(outcome: str, day: str) -> str:
    return _("%(what)s（%(day)s）") % {
        "what": Outcome(outcome).label,
        "day": date_format(date.fromisoformat(day)),
    }
