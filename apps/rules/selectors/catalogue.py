"""Which value of a rule, and which reasons, hold on a day."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from apps.rules.models import Reason, Rule
from apps.rules.selectors.kept import Kept


class UnknownRule(LookupError):
    """Nobody has said what holds: a fault of the installation, not of the reader."""


def rule_value(key: str, *, on: date, association_code: str | None = None) -> Any:
    """The value in force on a day: the association's own where there is one, else everybody's."""
    return _rule(key, on, association_code).value


def rule_clause(key: str, *, on: date) -> str:
    """Where the rule stands, in the active language, as 登记办法第三条; empty where no clause is known."""
    return _rule(key, on, None).clause


def reasons(kind: str, *, on: date) -> QuerySet[Reason]:
    """The catalogue's reasons of a kind on a day, in order."""
    ended = Q(in_force_to__isnull=False, in_force_to__lt=on)
    return Reason.objects.filter(kind=kind, in_force_from__lte=on).exclude(ended).order_by("position", "code")


def get_reason(code: str) -> Reason | None:
    return Reason.objects.filter(code=code).first()


def _rule(key: str, on: date, association_code: str | None) -> Rule:
    rows = kept_rules.get().get(key, ())
    for wanted in dict.fromkeys((association_code or "", "")):
        for row in rows:
            if row.association_key == wanted and row.in_force_from <= on <= (row.in_force_to or date.max):
                return row
    raise UnknownRule(f"no rule {key} is in force on {on}")


def _read_rules() -> dict[str, list[Rule]]:
    by_key: dict[str, list[Rule]] = {}
    for rule in Rule.objects.all():
        by_key.setdefault(rule.key, []).append(rule)
    return by_key


kept_rules = Kept(_read_rules)
