"""A rule's value as one says it."""

from datetime import date

from apps.rules.registry import rule_kind
from apps.rules.selectors.catalogue import rule_value


def rule_words(key: str, *, on: date, association_code: str | None = None) -> str:
    """The value in force on a day, with its unit in the active language: 20 个工作日, 20 working days."""
    return rule_kind(key).value.words(rule_value(key, on=on, association_code=association_code))
