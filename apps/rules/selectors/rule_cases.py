"""Test cases of rules: given these facts, this must come out. Run when a row is saved, and by check_rules.

The given facts by kind of check: WITHIN_YEARS and BARRED_YEARS {"start", "applied"}, WORKING_DAYS and DAYS {"start"},
AGE {"born", "applied"}, DATES_AFTER {"start"}, DATES_BEFORE {"end"}, VALUE {}. Days as 2026-03-05.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from apps.core.working_days import add_working_days
from apps.rules.enums import Check
from apps.rules.models import Rule
from apps.rules.registry import RULES, RuleKind, ValueRefused
from apps.rules.selectors.book import UnknownRule
from apps.rules.selectors.calendar import working_calendar
from apps.rules.selectors.years import anniversary, free_again_on, last_day_within

MOST_CASES = 20
GIVEN = {
    Check.VALUE: (),
    Check.WITHIN_YEARS: ("start", "applied"),
    Check.BARRED_YEARS: ("start", "applied"),
    Check.WORKING_DAYS: ("start",),
    Check.DAYS: ("start",),
    Check.AGE: ("born", "applied"),
    Check.DATES_AFTER: ("start",),
    Check.DATES_BEFORE: ("end",),
}


def outcome_of(kind: RuleKind, value: Any, given: dict) -> Any:
    """What the rule with this value says of the given facts. Raises KeyError, ValueError where a fact is missing."""
    days = {name: date.fromisoformat(given[name]) for name in GIVEN[kind.check]}
    return _OUTCOMES[kind.check](value, **days)


_OUTCOMES: dict[str, Callable] = {
    Check.VALUE: lambda value: value,
    Check.WITHIN_YEARS: lambda value, start, applied: applied <= last_day_within(start, value, on=applied),
    Check.BARRED_YEARS: lambda value, start, applied: applied < free_again_on(start, value, on=applied),
    Check.WORKING_DAYS: lambda value, start: add_working_days(working_calendar(), start, value).isoformat(),
    Check.DAYS: lambda value, start: (start + timedelta(days=value)).isoformat(),
    Check.AGE: lambda value, born, applied: applied >= anniversary(born, value + 1, on=applied),
    Check.DATES_AFTER: lambda value, start: [(start + timedelta(days=days)).isoformat() for days in value],
    Check.DATES_BEFORE: lambda value, end: [(end - timedelta(days=days)).isoformat() for days in value],
}


def failing_cases(kind: RuleKind, value: Any, cases: list[dict]) -> list[str]:
    """A sentence for each case that does not come out as it says, or cannot be read."""
    return [sentence for case in cases if (sentence := _failure(kind, value, case))]


def _failure(kind: RuleKind, value: Any, case: dict) -> str:
    try:
        given, expected = dict(case["given"]), case["expect"]
        outcome = outcome_of(kind, value, given)
        if isinstance(outcome, list) and isinstance(expected, str):
            expected = [expected]
    except (KeyError, TypeError, ValueError, UnknownRule):
        return _("测试用例写得不完整：需要 %(facts)s 和应得结果，日期如 2026-03-05。") % {
            "facts": _("、").join(GIVEN[kind.check]) or "-"
        }
    if outcome == expected:
        return ""
    facts = _("，").join(f"{name} {fact}" for name, fact in given.items())
    return _("测试用例不符：%(facts)s，应为 %(expected)s，按此取值得出 %(outcome)s。") % {
        "facts": facts or kind.title,
        "expected": expected,
        "outcome": outcome,
    }


ARROW = re.compile(r"\s*(?:=>|->|→|⇒)\s*")
YES, NO = {"yes", "true", "是"}, {"no", "false", "否"}


def write_cases(cases: list[dict]) -> str:
    """A case a line, as an editor reads and writes it: `2021-03-05 2026-03-05 → 是`."""
    return "\n".join(f"{' '.join(case['given'].values())} → {_written(case['expect'])}" for case in cases)


def read_cases(kind: RuleKind, text: str) -> list[dict]:
    """The cases of such lines. Raises ValueRefused with the line that cannot be read."""
    return [_read_case(kind, line) for line in text.splitlines() if line.strip()]


def _read_case(kind: RuleKind, line: str) -> dict:
    given, *expected = ARROW.split(line.strip(), maxsplit=1)
    facts, names = re.split(r"[\s,，]+", given), GIVEN[kind.check]
    if not expected or len(facts) != len(names) or not all(map(_is_day, facts)):
        raise ValueRefused(
            _("测试用例“%(line)s”看不懂。请每行写一个，例如：%(example)s") % {"line": line, "example": example_of(kind)}
        )
    return {"given": dict(zip(names, facts, strict=True)), "expect": _expected(expected[0])}


def example_of(kind: RuleKind) -> str:
    """A line in the shape that this kind of rule has."""
    return EXAMPLES.get(kind.check, "")


EXAMPLES = {
    Check.WITHIN_YEARS: "2021-03-05 2026-03-05 → 是",
    Check.BARRED_YEARS: "2021-06-10 2026-06-09 → 是",
    Check.WORKING_DAYS: "2026-03-02 → 2026-03-30",
    Check.DAYS: "2026-03-02 → 2026-04-01",
    Check.AGE: "1950-06-10 2021-06-10 → 是",
    Check.DATES_AFTER: "2026-03-02 → 2026-03-09 2026-03-23",
    Check.DATES_BEFORE: "2026-04-01 → 2026-03-18 2026-03-30",
}


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _expected(text: str) -> Any:
    word = text.strip().lower()
    if word in YES | NO:
        return word in YES
    days = re.split(r"[\s,，、]+", word)
    return days if len(days) > 1 else days[0]


def _written(expected: Any) -> str:
    if isinstance(expected, bool):
        return "是" if expected else "否"
    return " ".join(expected) if isinstance(expected, list) else str(expected)


@dataclass(frozen=True)
class RuleFault:
    rule: Rule
    sentence: str


def rule_faults() -> Iterator[RuleFault]:
    """What is wrong with the rows: unknown keys, values that do not fit, test cases that come out otherwise, gaps."""
    for rule in Rule.objects.filter(superseded_at=None).order_by("key", "association_key", "in_force_from"):
        for sentence in _faults_of(rule):
            yield RuleFault(rule, sentence)


def _faults_of(rule: Rule) -> list[str]:
    kind = RULES.get(rule.key)
    if kind is None:
        return [_("没有人知道这条规则。")]
    try:
        kind.value.check(rule.value)
    except ValueRefused as error:
        return [str(error)]
    if rule.association_key and not kind.may_be_local:
        return [_("这条规则全国统一，协会不能另定。")]
    missing = [] if rule.test_cases or kind.check == Check.VALUE else [_("没有测试用例。")]
    return missing + failing_cases(kind, rule.value, rule.test_cases)
