"""Which value of a rule, and which reasons, hold on a day."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from apps.rules.models import Reason
from apps.rules.selectors.book import look_up


def rule_value(key: str, *, on: date, association_code: str | None = None) -> Any:
    """The value in force on a day: the association's own where there is one, else everybody's."""
    return look_up(key, on, association_code or "").value


def rule_clause(key: str, *, on: date, association_code: str | None = None) -> str:
    """Where the rule stands, in the active language, as 登记办法第三条; empty where no clause is known."""
    return look_up(key, on, association_code or "").clause


def reasons(kind: str, *, on: date) -> QuerySet[Reason]:
    """The catalogue's reasons of a kind on a day, in order."""
    ended = Q(in_force_to__isnull=False, in_force_to__lt=on)
    return Reason.objects.filter(kind=kind, in_force_from__lte=on).exclude(ended).order_by("position", "code")


def get_reason(code: str) -> Reason | None:
    return Reason.objects.filter(code=code).first()
