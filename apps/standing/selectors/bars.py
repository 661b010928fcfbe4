"""Which grounds exclude somebody on a day: all clocks end on the application date (登记办法 Art. 5)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from apps.members.enums import MemberKind
from apps.rules.selectors import free_again_on, rule_clause, rule_value
from apps.standing.enums import FactGround

NON_PRACTISING_RULES = {
    FactGround.CRIMINAL: "bar.criminal_years",
    FactGround.PENALTY: "bar.penalty_years",
    FactGround.REVOKED: "bar.revoked_years",
    FactGround.FRAUD: "bar.cancelled_years",
    FactGround.CANCELLED: "bar.cancelled_years",
}
PRACTISING_RULES = {
    FactGround.CRIMINAL: "practising.bar_criminal_years",
    FactGround.PENALTY: "practising.bar_penalty_years",
    FactGround.REVOKED: "practising.bar_revoked_years",
    FactGround.FRAUD: "practising.bar_fraud_years",
}
RULES = {MemberKind.NON_PRACTISING: NON_PRACTISING_RULES, MemberKind.PRACTISING: PRACTISING_RULES}
FOR_GOOD = {
    MemberKind.NON_PRACTISING: frozenset({FactGround.CAPACITY, FactGround.EXPELLED}),
    MemberKind.PRACTISING: frozenset({FactGround.CAPACITY}),
}
"""Grounds to which the law gives no end. What stands in neither table does not exclude from that kind: membership
lost for false materials bars from 登记, and 注册办法 Art. 5 does not name it."""
ARTICLE_5 = {MemberKind.NON_PRACTISING: "bar.criminal_years", MemberKind.PRACTISING: "practising.bar_criminal_years"}


@dataclass(frozen=True)
class Fact:
    """A ground as plain data, recorded or declared. `since` is the day that starts the clock; None is not known."""

    ground: str
    since: date | None
    document: str = ""


@dataclass(frozen=True)
class Bar:
    """A fact and what it means on the day asked about. `years` is None for a ground without end.

    `holds` is None where the day that starts the clock is not known: a person must find out.
    """

    fact: Fact
    holds: bool | None
    years: int | None
    free_on: date | None
    clause: str

    @property
    def is_for_good(self) -> bool:
        return self.years is None


def bars_on(facts: Iterable[Fact], *, kind: str, on: date) -> list[Bar]:
    """What each fact means for joining as `kind` with an application of the day `on`, by the rules of that day.

    A ground that the law of this kind does not name is left out. Barred while on < since + n years (不满 n 年).
    """
    return [bar for fact in facts if (bar := _bar(fact, MemberKind(kind), on))]


def _bar(fact: Fact, kind: MemberKind, on: date) -> Bar | None:
    ground = FactGround(fact.ground)
    if ground in FOR_GOOD[kind]:
        return Bar(fact, True, None, None, rule_clause(ARTICLE_5[kind], on=on))
    rule = RULES[kind].get(ground)
    if rule is None:
        return None
    years, clause = rule_value(rule, on=on), rule_clause(rule, on=on)
    if fact.since is None:
        return Bar(fact, None, years, None, clause)
    free_on = free_again_on(fact.since, years, on=on)
    return Bar(fact, on < free_on, years, free_on, clause)
