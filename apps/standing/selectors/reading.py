"""Reading what people write about a fact, in a file or in a form: one set of sentences for both."""

from dataclasses import dataclass
from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _

from apps.core.errors import PortalError
from apps.members.enums import MemberKind
from apps.people.enums import IdentityType
from apps.people.selectors import (
    IdentityNumberRefused,
    IdentityReading,
    normalise_identity_number,
    read_identity_number,
)
from apps.standing.enums import YEARLY, FactGround, Matter, Outcome

EARLIEST = date(1980, 1, 1)
"""The profession was restored in 1980; nothing older can bar anybody."""


class FactRefused(PortalError):
    code = "fact_refused"


@dataclass(frozen=True)
class DayProblem:
    column: str
    sentence: str


def read_number(identity_type: str, number: str, *, today: date) -> IdentityReading:
    """The number of a court's or an authority's document, whose check digit may be wrong: then it is kept as it is."""
    try:
        return read_identity_number(identity_type, number, today=today, former=True)
    except IdentityNumberRefused:
        number = normalise_identity_number(number)
        if identity_type != IdentityType.RESIDENT_ID or len(number) not in {15, 18}:
            raise
        return IdentityReading(number)


def problems_in_days(
    ground: str, *, birth_on: date | None, decided_on: date | None, completed_on: date | None, today: date
) -> list[DayProblem]:
    """What cannot be about the days of one fact, by column."""
    found = []
    if decided_on and not EARLIEST <= decided_on <= today:
        found.append(DayProblem("decided_on", _("决定日期应在 1980 年至今天之间，例如 2023-06-10。")))
    if completed_on and decided_on and completed_on < decided_on:
        found.append(DayProblem("completed_on", _("执行完毕日期不能早于决定日期。请核对这两栏。")))
    if completed_on and ground != FactGround.CRIMINAL:
        found.append(DayProblem("completed_on", _("只有刑事处罚填写执行完毕日期。请清空这一栏。")))
    if birth_on and decided_on and birth_on >= decided_on:
        found.append(DayProblem("birth_on", _("出生日期应早于决定日期，例如 1980-05-03。")))
    return found


def problems_in_record(matter: Matter, said: dict, *, today: date) -> list[DayProblem]:
    """What cannot be about one outcome about a member, by column: year, hours, document, until_on."""
    found = []
    year, hours = said.get("year"), said.get("hours")
    if matter in YEARLY and (year is None or not 1990 <= year <= today.year):
        found.append(DayProblem("year", _("请填写是哪一年度的，例如 2025。")))
    if matter == Matter.CPE and hours is None:
        found.append(DayProblem("hours", _("请填写学时，例如 40。")))
    if matter in {Matter.PROCEEDINGS, Matter.DISCIPLINE} and not said.get("document"):
        found.append(DayProblem("document", _("请填写文书号，例如：会协〔2026〕8号。")))
    if said.get("decided_on") and said.get("until_on") and said["until_on"] < said["decided_on"]:
        found.append(DayProblem("until_on", _("结束日期不能早于开始日期。请核对。")))
    return found


SHORT_OUTCOMES = {
    "通过": Outcome.PASSED,
    "年检合格": Outcome.PASSED,
    "暂缓": Outcome.DEFERRED,
    "不予通过": Outcome.FAILED,
    "未通过": Outcome.FAILED,
    "继续教育": Outcome.HOURS,
    "学时": Outcome.HOURS,
    "已交": Outcome.PAID,
    "会费已缴": Outcome.PAID,
    "减免": Outcome.WAIVED,
    "未交": Outcome.OWED,
    "欠费": Outcome.OWED,
}


def read_outcome(text: str) -> Outcome:
    """By code, by its name in any language, or by the usual short Chinese word."""
    if outcome := _known(Outcome, SHORT_OUTCOMES).get(text.strip().lower()):
        return Outcome(outcome)
    words = _("、").join(str(label) for label in Outcome.labels)
    raise FactRefused(_("不认识“%(typed)s”，可填写：%(words)s。") % {"typed": text, "words": words})


def read_member_kind(text: str) -> MemberKind:
    short = {"执业": MemberKind.PRACTISING, "非执业": MemberKind.NON_PRACTISING, "cpa": MemberKind.PRACTISING}
    if kind := _known(MemberKind, short).get(text.strip().lower()):
        return MemberKind(kind)
    names = _("、").join(str(label) for label in MemberKind.labels)
    raise FactRefused(_("不认识会员类别“%(typed)s”，请填写：%(names)s。") % {"typed": text, "names": names})


def _known(choices, short: dict) -> dict[str, str]:
    known = {word: choice.value for word, choice in short.items()} | {code: code for code in choices.values}
    for language in ("zh-hans", "en"):
        with translation.override(language):
            known |= {str(choice.label).lower(): choice.value for choice in choices}
    return known


SHORT = {
    "刑事处罚": FactGround.CRIMINAL,
    "行政处罚": FactGround.PENALTY,
    "处分": FactGround.PENALTY,
    "吊销": FactGround.REVOKED,
    "吊销注册会计师证书": FactGround.REVOKED,
    "撤销注册": FactGround.FRAUD,
    "取消会员资格": FactGround.CANCELLED,
    "劝退": FactGround.CANCELLED,
    "除名": FactGround.EXPELLED,
    "无完全民事行为能力": FactGround.CAPACITY,
}


def read_ground(text: str) -> str:
    """By code, by its name in any language, or by the usual short Chinese word."""
    if ground := _known(FactGround, SHORT).get(text.strip().lower()):
        return ground
    words = _("、").join(SHORT)
    raise FactRefused(_("不认识情形“%(typed)s”，可填写：%(words)s。") % {"typed": text, "words": words})


def read_identity_type(text: str) -> str:
    if kind := _known(IdentityType, {"身份证": IdentityType.RESIDENT_ID}).get(text.strip().lower()):
        return kind
    names = _("、").join(str(label) for label in IdentityType.labels)
    raise FactRefused(_("不认识证件类型“%(typed)s”，请填写：%(names)s。") % {"typed": text, "names": names})
