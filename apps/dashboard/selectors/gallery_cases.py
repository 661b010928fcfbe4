"""Invented cases for the gallery: an application in each of its states, and what an officer has before the eyes."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from apps.applicants.enums import State
from apps.applicants.selectors.case import ComparedLine
from apps.applicants.selectors.lines import ChecklistLine, Outcome, Source
from apps.applicants.selectors.progress import PLACE, STAGES, STOPPED_STATES, WORDS
from apps.applicants.selectors.roll import compare_characters
from apps.dashboard.selectors.gallery import LONG_WORDS, NAMES
from apps.rules.selectors import rule_words

DUE_ON = date(2026, 3, 28)
ASSOCIATION = _("新疆维吾尔自治区注册会计师协会")
CLOCKS = {
    State.SUBMITTED: {"used": 7, "allowed": 20},
    State.CORRECTION_REQUESTED: {"used": 9, "allowed": 20, "paused": True},
    State.RETURNED: {"used": 22, "allowed": 20},
    State.SENT: {"used": 9, "allowed": 10, "provisional": True},
    State.CONFIRMED: {"used": 6, "allowed": 10, "stopped": True},
    State.REFUSED: {"used": 18, "allowed": 20, "stopped": True},
}
"""Those states in which the progress page shows days."""


def cases() -> list[dict]:
    """What the progress page says of each state: title, steps, clock, what happens next."""
    names = {
        "association": ASSOCIATION,
        "due": date_format(DUE_ON),
        "national_days": rule_words("application.national_days", on=DUE_ON),
    }
    return [
        {
            "title": words.title,
            "steps": _steps(state),
            "clock": CLOCKS.get(state),
            "next_step": words.next_step % names,
            "yours": words.yours % names,
            "tone": words.tone,
        }
        for state, words in WORDS.items()
    ]


def _steps(state: State) -> list[dict]:
    stopped = state in STOPPED_STATES
    place = 1 if stopped else PLACE[state]
    states = ["done" if n < place else "current" if n == place else "todo" for n in range(len(STAGES))]
    if stopped:
        states[place] = "stopped"
    return [{"label": label, "state": state} for label, state in zip(STAGES, states, strict=True)]


def comparison() -> list[ComparedLine]:
    """Equal, one character, a variant of a character, one side longer, nothing in common, nothing on one side."""
    pairs = [
        (_("全科合格证号"), "QZ24330001234", "QZ24330001234"),
        (_("证件号码"), "11010519491231002X", "11010519491281002X"),
        (_("姓名"), "王晓明", "王暁明"),
        (_("姓名"), NAMES["long"], NAMES["long"].replace("·艾力肯木", "")),
        (_("工作单位"), NAMES["english"], "李娜"),
        (_("补充说明"), "", "2024-12-20"),
    ]
    return [ComparedLine(label, *compare_characters(left, right)) for label, left, right in pairs]


def checklist() -> list[ChecklistLine]:
    return [
        ChecklistLine(
            "sample_pass",
            Outcome.PASS,
            _("合格证 QZ24330001234 于 2024年12月20日 取得，至申请日 1 年 3 个月，未超过 5 年。"),
            clause=_("登记办法第三条"),
            fact="2024-12-20 → 2026-03-25",
            source=Source.ROLL,
        ),
        ChecklistLine("sample_person", Outcome.PERSON, _("申请人声明曾受行政处罚。"), source=Source.DECLARATION),
        ChecklistLine("sample_fail", Outcome.FAIL, LONG_WORDS, clause=_("登记办法第五条"), source=Source.FACT),
    ]
